package org.maplebridge.load.bench;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What came of the relay scenario, as the keys other scripts read and as a page for people.
record RelayReport(List<RelayRow> rows, Map<String, Double> storm, List<String> faults) {
    RelayReport {
        rows = List.copyOf(rows);
        storm = Collections.unmodifiableMap(storm);
        faults = List.copyOf(faults);
    }

    Map<String, Object> asMap(String commit) {
        var report = new LinkedHashMap<String, Object>();
        report.put("scenario", "relay");
        report.put("commit", commit);
        report.put("machine", Machine.describe());
        report.put("metrics", metrics());
        report.put("faults", faults);
        report.put("samples", rows.stream().map(RelayRow::asMap).toList());
        return report;
    }

    /// The headline row gives the delays: 100 video receivers, or the nearest there is.
    private Map<String, Object> metrics() {
        var metrics = new LinkedHashMap<String, Object>();
        for (RelayRow row : rows) {
            String suffix = row.kind() + "_" + row.audience();
            metrics.put("cpu_us_per_packet_" + suffix, row.cpuMicros());
            metrics.put("bare_us_per_packet_" + suffix, row.bareMicros());
            metrics.put("bare_gso_us_per_packet_" + suffix, row.bareSegmentsMicros());
        }
        headline()
                .ifPresent(row -> {
                    metrics.put("forward_p50_us", row.p50Micros());
                    metrics.put("forward_p99_us", row.p99Micros());
                    metrics.put("forward_p999_us", row.p999Micros());
                    metrics.put("alloc_bytes_per_packet", row.allocatedBytes());
                    metrics.put("rss_mb", row.residentMebibytes());
                });
        metrics.putAll(storm);
        metrics.put("loss_pct", rows.stream().mapToDouble(RelayRow::lossPercent).max().orElse(0));
        return metrics;
    }

    private Optional<RelayRow> headline() {
        return rows.stream()
                .filter(row -> row.kind().equals("video"))
                .filter(row -> row.audience() == RelayScenario.videoHeadline())
                .findFirst()
                .or(() -> rows.stream().findFirst());
    }

    String page(String commit) {
        var page = new ReportPage("Relay: one sender, many receivers", commit, faults);
        page.add(cpuChart().svg());
        page.add(delayChart().svg());
        page.table(
                rows.isEmpty()
                        ? List.of()
                        : rows.getFirst().asMap().keySet().stream()
                                .map(key -> key.replace('_', ' '))
                                .toList(),
                rows.stream().map(RelayReport::cells).toList());
        if (!storm.isEmpty()) {
            page.table(
                    List.of("storm", "value"),
                    storm.entrySet().stream()
                            .map(entry -> List.of(entry.getKey(), number(entry.getValue())))
                            .toList());
        }
        return page.html();
    }

    private BarChart cpuChart() {
        var chart =
                new BarChart(
                        "Server CPU per forwarded packet, µs",
                        List.of("relay", "bare sendmmsg", "bare sendmmsg with GSO"));
        for (RelayRow row : rows) {
            chart.group(
                    row.kind() + " → " + row.audience(),
                    row.cpuMicros(),
                    row.bareMicros(),
                    row.bareSegmentsMicros());
        }
        return chart;
    }

    private BarChart delayChart() {
        var chart =
                new BarChart(
                        "From the publisher's send call to the receiver's kernel, µs",
                        List.of("p50", "p99", "p99.9"));
        for (RelayRow row : rows) {
            chart.group(
                    row.kind() + " → " + row.audience(),
                    row.p50Micros(),
                    row.p99Micros(),
                    row.p999Micros());
        }
        return chart;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static List<String> cells(RelayRow row) {
        return row.asMap().values().stream()
                .map(value -> value instanceof Double number ? number(number) : value.toString())
                .toList();
    }
}
