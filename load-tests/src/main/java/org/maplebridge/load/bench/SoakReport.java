package org.maplebridge.load.bench;

import java.util.List;
import java.util.Map;
import org.maplebridge.load.cluster.part.Findings;

/// What a node held after each round, as the keys other scripts read and as a page for people.
record SoakReport(Findings findings) {
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
        return new Figures("soak", findings.figures(), findings.faults());
    }

    String page(String commit) {
        var page =
                new ReportPage("Soak: ten hours of coming, talking and leaving", commit, faults());
        page.add(chart("MiB after each round", "heap_mib", "direct_mib", "native_mib"));
        page.add(chart("Descriptors and threads after each round", "files", "threads"));
        measured().addTo(page);
        return page.html();
    }

    private String chart(String title, String... names) {
        var chart = new BarChart(title, List.of(names));
        for (Map<String, Object> sample : findings.samples()) {
            double[] bars = new double[names.length];
            for (int i = 0; i < names.length; i++) {
                bars[i] = (Double) sample.getOrDefault(names[i], 0.0);
            }
            chart.group(String.valueOf(sample.get("part")).replace("round ", ""), bars);
        }
        return chart.svg();
    }
}
