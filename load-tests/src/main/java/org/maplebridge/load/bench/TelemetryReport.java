package org.maplebridge.load.bench;

import java.util.List;
import java.util.Map;

/// What came of the telemetry scenario, as the keys other scripts read and as a page for people.
///
/// @param figures by key, in the order in which they were measured
record TelemetryReport(boolean quick, Map<String, Double> figures, List<String> faults) {
    TelemetryReport {
        faults = List.copyOf(faults);
    }

    Map<String, Object> asMap(String commit) {
        return measured()
                .asMap(commit, List.of(Map.of("quick", quick, "units", TelemetryScenario.UNITS)));
    }

    String table() {
        return measured().table();
    }

    private Figures measured() {
        return new Figures("telemetry", figures, faults);
    }

    String page(String commit) {
        var page = new ReportPage("Telemetry: a county on the move", commit, faults);
        page.add(
                new BarChart("A search for the nearest, µs", List.of("p50", "p99"))
                        .group("in process", of("process_nearest"))
                        .group("Redis", of("redis_nearest"))
                        .svg());
        measured().addTo(page);
        return page.html();
    }

    private double[] of(String name) {
        return new double[] {measured().of(name + "_p50_us"), measured().of(name + "_p99_us")};
    }
}
