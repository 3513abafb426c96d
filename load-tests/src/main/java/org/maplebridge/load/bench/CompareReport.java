package org.maplebridge.load.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.maplebridge.load.compare.Cell;
import org.maplebridge.load.compare.CompareScenario;
import org.maplebridge.load.compare.Contender;

/// What a comparison showed: each work by each server, and the first one's share of the others'.
///
/// @param scenario as it stands after its run
record CompareReport(CompareScenario scenario) {
    private static final List<String> HEADS =
            List.of(
                    "work",
                    "server",
                    "µs/pkt",
                    "lowest",
                    "highest",
                    "ours/its",
                    "p50 µs",
                    "p99 µs",
                    "p99.9 µs",
                    "loss %",
                    "RSS MiB",
                    "packets");

    Map<String, Object> asMap(String commit) {
        var report = new LinkedHashMap<String, Object>();
        report.put("scenario", "relay-compare");
        report.put("commit", commit);
        report.put("machine", Machine.describe());
        report.put("metrics", metrics());
        report.put("faults", scenario.faults());
        report.put("samples", scenario.cells().stream().map(CompareReport::sample).toList());
        return report;
    }

    private Map<String, Object> metrics() {
        var metrics = new LinkedHashMap<String, Object>();
        for (Cell cell : scenario.cells()) {
            String end = cell.work().key() + "_" + cell.contender().key();
            metrics.put("cpu_us_per_packet_" + end, cell.cpuMicros());
            metrics.put("forward_p50_us_" + end, cell.delayMicros(0.5));
            metrics.put("forward_p99_us_" + end, cell.delayMicros(0.99));
            metrics.put("forward_p999_us_" + end, cell.delayMicros(0.999));
            metrics.put("rss_mb_" + end, cell.residentMebibytes());
            if (!isFirst(cell)) {
                metrics.put("cpu_ratio_" + end, ratio(cell));
            }
        }
        for (Contender contender : scenario.contenders()) {
            metrics.put("join_cpu_ms_" + contender.key(), scenario.joinMillis(contender));
        }
        return metrics;
    }

    private boolean isFirst(Cell cell) {
        return cell.contender().equals(scenario.contenders().getFirst());
    }

    /// The first contender's cost of the same work over this one's.
    private double ratio(Cell cell) {
        return scenario.cells().stream()
                .filter(other -> other.work().equals(cell.work()) && isFirst(other))
                .mapToDouble(first -> first.cpuMicros() / cell.cpuMicros())
                .findFirst()
                .orElse(Double.NaN);
    }

    private static Map<String, Object> sample(Cell cell) {
        var sample = new LinkedHashMap<String, Object>();
        sample.put("work", cell.work().label());
        sample.put("server", cell.contender().name());
        sample.put("cpu_us_per_packet", cell.windows());
        sample.put("packets", cell.packets());
        sample.put("loss_pct", cell.lossPercent());
        return sample;
    }

    String table() {
        var text = new StringBuilder();
        String form = "%-16s %-20s %8s %8s %8s %9s %9s %9s %9s %8s %8s %9s%n";
        text.append(String.format(Locale.ROOT, form, HEADS.toArray()));
        rows().forEach(row -> text.append(String.format(Locale.ROOT, form, row.toArray())));
        joins().forEach(row ->
                text.append(
                        String.format(
                                Locale.ROOT,
                                "join: %s ms of %s%n",
                                row.getLast(),
                                row.getFirst())));
        scenario.descriptions()
                .forEach((contender, what) ->
                        text.append(contender.name()).append(": ").append(what).append('\n'));
        return text.toString();
    }

    private List<List<String>> rows() {
        return scenario.cells().stream().map(this::row).toList();
    }

    private List<String> row(Cell cell) {
        var windows = cell.windows().stream().sorted().toList();
        return List.of(
                cell.work().label(),
                cell.contender().name(),
                number("%.2f", cell.cpuMicros()),
                number("%.2f", windows.isEmpty() ? Double.NaN : windows.getFirst()),
                number("%.2f", windows.isEmpty() ? Double.NaN : windows.getLast()),
                isFirst(cell) ? "" : number("%.3f", ratio(cell)),
                number("%.0f", cell.delayMicros(0.5)),
                number("%.0f", cell.delayMicros(0.99)),
                number("%.0f", cell.delayMicros(0.999)),
                number("%.3f", cell.lossPercent()),
                number("%.0f", cell.residentMebibytes()),
                Long.toString(cell.packets()));
    }

    private List<List<String>> joins() {
        var rows = new ArrayList<List<String>>();
        for (Contender contender : scenario.contenders()) {
            double millis = scenario.joinMillis(contender);
            if (!Double.isNaN(millis)) {
                rows.add(List.of(contender.name(), number("%.2f", millis)));
            }
        }
        return rows;
    }

    private static String number(String form, double value) {
        return String.format(Locale.ROOT, form, value);
    }

    String page(String commit) {
        var page =
                new ReportPage(
                        "Relay: the same work by several servers", commit, scenario.faults());
        page.add(chart().svg());
        page.table(HEADS, rows());
        page.table(List.of("server", "processor time of one join, ms"), joins());
        page.table(
                List.of("server", "what it is"),
                scenario.descriptions().entrySet().stream()
                        .map(entry -> List.of(entry.getKey().name(), entry.getValue()))
                        .toList());
        return page.html();
    }

    private BarChart chart() {
        List<Contender> contenders = scenario.contenders();
        var chart =
                new BarChart(
                        "Server CPU per packet that a receiver opened, µs",
                        contenders.stream().map(Contender::name).toList());
        List<Cell> cells = scenario.cells();
        for (int first = 0; first < cells.size(); first += contenders.size()) {
            double[] bars =
                    cells.subList(first, first + contenders.size()).stream()
                            .mapToDouble(Cell::cpuMicros)
                            .toArray();
            chart.group(cells.get(first).work().label(), bars);
        }
        return chart;
    }
}
