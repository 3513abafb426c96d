package org.maplebridge.load.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What came of the cluster scenario, as the keys other scripts read and as a page for people.
///
/// @param figures by key, in the order in which they were measured
/// @param rounds one for each killed node
record ClusterReport(
        Map<String, Double> figures, List<Map<String, Object>> rounds, List<String> faults) {
    ClusterReport {
        rounds = List.copyOf(rounds);
        faults = List.copyOf(faults);
    }

    Map<String, Object> asMap(String commit) {
        var report = new LinkedHashMap<String, Object>();
        report.put("scenario", "cluster");
        report.put("commit", commit);
        report.put("machine", Machine.describe());
        report.put("metrics", figures);
        report.put("faults", faults);
        report.put("samples", rounds);
        return report;
    }

    String table() {
        var text = new StringBuilder();
        figures.forEach((key, value) ->
                text.append(String.format(Locale.ROOT, "%-34s %12.2f%n", key, value)));
        return text.toString();
    }

    String page(String commit) {
        var page = new ReportPage("Cluster: a node is killed", commit, faults);
        page.table(
                List.of("round", "node", "silent at its people, ms", "elsewhere, ms"),
                rounds.stream()
                        .map(round ->
                                List.of(
                                        text(round, "round"),
                                        text(round, "node"),
                                        text(round, "there_ms"),
                                        text(round, "elsewhere_ms")))
                        .toList());
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

    private static String text(Map<String, Object> round, String key) {
        return round.get(key) instanceof Double number
                ? String.format(Locale.ROOT, "%.0f", number)
                : String.valueOf(round.get(key));
    }
}
