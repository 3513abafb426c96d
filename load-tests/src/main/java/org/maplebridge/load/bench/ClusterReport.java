package org.maplebridge.load.bench;

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
        return measured().asMap(commit, rounds);
    }

    String table() {
        return measured().table();
    }

    private Figures measured() {
        return new Figures("cluster", figures, faults);
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
        measured().addTo(page);
        return page.html();
    }

    private static String text(Map<String, Object> round, String key) {
        return round.get(key) instanceof Double number
                ? String.format(Locale.ROOT, "%.0f", number)
                : String.valueOf(round.get(key));
    }
}
