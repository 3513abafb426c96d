package org.maplebridge.load.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.maplebridge.load.cluster.part.Findings;

/// What came of a scenario that is played in parts, as the keys other scripts read and as a page
/// for people.
///
/// @param title of the page
record PartsReport(String scenario, String title, Findings findings) {
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
        return new Figures(scenario, findings.figures(), findings.faults());
    }

    String page(String commit) {
        var page = new ReportPage(title, commit, faults());
        page.table(
                List.of("part", "what was done", "what came of it"),
                findings.samples().stream().map(PartsReport::row).toList());
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
