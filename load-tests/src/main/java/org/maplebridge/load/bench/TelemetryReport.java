package org.maplebridge.load.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What came of the telemetry scenario, as the keys other scripts read and as a page for people.
///
/// @param figures by key, in the order in which they were measured
record TelemetryReport(boolean quick, Map<String, Double> figures, List<String> faults) {
    TelemetryReport {
        faults = List.copyOf(faults);
    }

    Map<String, Object> asMap(String commit) {
        var report = new LinkedHashMap<String, Object>();
        report.put("scenario", "telemetry");
        report.put("commit", commit);
        report.put("machine", Machine.describe());
        report.put("metrics", figures);
        report.put("faults", faults);
        report.put("samples", List.of(Map.of("quick", quick, "units", TelemetryScenario.UNITS)));
        return report;
    }

    String table() {
        var text = new StringBuilder();
        figures.forEach((key, value) ->
                text.append(String.format(Locale.ROOT, "%-28s %12.2f%n", key, value)));
        return text.toString();
    }

    String page(String commit) {
        var page = new ReportPage("Telemetry: a county on the move", commit, faults);
        page.add(
                new BarChart("A search for the nearest, µs", List.of("p50", "p99"))
                        .group("in process", of("process_nearest"))
                        .group("Redis", of("redis_nearest"))
                        .svg());
        page.table(
                List.of("figure", "value"),
                figures.entrySet().stream()
                        .map(e ->
                                List.of(
                                        e.getKey(),
                                        String.format(Locale.ROOT, "%.2f", e.getValue())))
                        .toList());
        return page.html();
    }

    private double[] of(String name) {
        return new double[] {
            figures.getOrDefault(name + "_p50_us", 0.0), figures.getOrDefault(name + "_p99_us", 0.0)
        };
    }
}
