package org.maplebridge.load.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a scenario measured, by key, in the order in which it was measured: as the keys other
/// scripts read, as text, and as a table for people.
record Figures(String scenario, Map<String, Double> byKey, List<String> faults) {
    Figures {
        faults = List.copyOf(faults);
    }

    Map<String, Object> asMap(String commit, List<?> samples) {
        var report = new LinkedHashMap<String, Object>();
        report.put("scenario", scenario);
        report.put("commit", commit);
        report.put("machine", Machine.describe());
        report.put("metrics", byKey);
        report.put("faults", faults);
        report.put("samples", samples);
        return report;
    }

    String table() {
        var text = new StringBuilder();
        byKey.forEach((key, value) ->
                text.append(String.format(Locale.ROOT, "%-34s %12.2f%n", key, value)));
        return text.toString();
    }

    void addTo(ReportPage page) {
        page.table(
                List.of("figure", "value"),
                byKey.entrySet().stream()
                        .map(e ->
                                List.of(
                                        e.getKey(),
                                        String.format(Locale.ROOT, "%.2f", e.getValue())))
                        .toList());
    }

    /// 0 when it was not measured.
    double of(String key) {
        return byKey.getOrDefault(key, 0.0);
    }
}
