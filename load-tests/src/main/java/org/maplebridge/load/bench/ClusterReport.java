package org.maplebridge.load.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.maplebridge.load.cluster.part.Findings;

/// What came of the cluster scenario, as the keys other scripts read and as a page for people.
record ClusterReport(Findings findings) {
    Map<String, Object> asMap(String commit) {
        return measured().asMap(commit, findings.samples());
    }

    String table() {
        return measured().table();
    }

    List<String> faults() {
        return findings.faults();
    }

    private Figures measured() {
        return new Figures("cluster", findings.figures(), findings.faults());
    }

    String page(String commit) {
        var page = new ReportPage("Cluster: what is done to three nodes", commit, faults());
        page.table(
                List.of("part", "what was done", "what came of it"),
                findings.samples().stream().map(ClusterReport::row).toList());
        measured().addTo(page);
        return page.html();
    }

    private static List<String> row(Map<String, Object> sample) {
        var came = new ArrayList<String>();
        sample.forEach((key, value) -> {
            if (!key.equals("part") && !key.equals("what")) {
                came.add(key + " " + text(value));
            }
        });
        return List.of(
                String.valueOf(sample.get("part")),
                String.valueOf(sample.get("what")),
                String.join(", ", came));
    }

    private static String text(Object value) {
        return value instanceof Double number
                ? String.format(Locale.ROOT, "%.0f", number)
                : value.toString();
    }
}
