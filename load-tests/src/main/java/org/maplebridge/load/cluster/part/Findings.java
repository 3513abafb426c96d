package org.maplebridge.load.cluster.part;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the parts of a scenario measured, in the order in which they did.
///
/// Thread: the bench's.
public final class Findings {
    private final Map<String, Double> figures = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final List<Map<String, Object>> samples = new ArrayList<>();

    public void figure(String key, double value) {
        figures.put(key, value);
    }

    /// p50, p95 and max under these keys.
    public void spread(String key, List<Double> values) {
        var sorted = values.stream().sorted().toList();
        figure(key + "_p50_ms", quantile(sorted, 0.5));
        figure(key + "_p95_ms", quantile(sorted, 0.95));
        figure(key + "_max_ms", quantile(sorted, 1));
    }

    /// Not a number when there is none.
    public static double quantile(List<Double> sorted, double share) {
        return sorted.isEmpty()
                ? Double.NaN
                : sorted.get((int) Math.min(sorted.size() - 1.0, share * sorted.size()));
    }

    /// What makes the run unsound; said once, though several parts come across it.
    public void fault(String text) {
        if (!faults.contains(text)) {
            faults.add(text);
            System.out.println("fault: " + text);
        }
    }

    public void sample(Map<String, Object> sample) {
        samples.add(sample);
    }

    public Map<String, Double> figures() {
        return Collections.unmodifiableMap(figures);
    }

    public List<String> faults() {
        return List.copyOf(faults);
    }

    /// One for each thing that was done, each with its `part`.
    public List<Map<String, Object>> samples() {
        return List.copyOf(samples);
    }
}
