package org.maplebridge.load.county;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// What a node publishes at `/actuator/prometheus` at one moment.
///
/// @param values by name and labels, as they stand in the text
public record NodeFigures(Map<String, Double> values) {
    public NodeFigures {
        values = Map.copyOf(values);
    }

    static NodeFigures parse(String text) {
        var values = new LinkedHashMap<String, Double>();
        for (String line : text.split("\n", -1)) {
            int blank = line.lastIndexOf(' ');
            if (blank > 0 && !line.startsWith("#")) {
                values.put(line.substring(0, blank), number(line.substring(blank + 1)));
            }
        }
        return new NodeFigures(values);
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /// Summed over all labels; 0 when there is none.
    public double sum(String name) {
        return values.entrySet().stream()
                .filter(entry -> isOf(entry.getKey(), name))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /// Summed over those whose labels say this too, such as `area="heap"`.
    public double sumWith(String name, String label) {
        return values.entrySet().stream()
                .filter(entry -> isOf(entry.getKey(), name) && entry.getKey().contains(label))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /// What happened since.
    public NodeFigures minus(NodeFigures earlier) {
        var difference = new LinkedHashMap<String, Double>();
        values.forEach(
                (key, value) -> difference.put(key, value - earlier.values.getOrDefault(key, 0.0)));
        return new NodeFigures(difference);
    }

    /// Upper bound of the bucket that holds this share of a histogram's observations; 0 when there
    /// are none.
    public double quantile(String histogram, double share) {
        var buckets = new TreeMap<Double, Double>();
        values.forEach((key, value) -> {
            int le = key.indexOf("le=\"");
            if (isOf(key, histogram + "_bucket") && le > 0) {
                var bound = key.substring(le + 4, key.indexOf('"', le + 4));
                buckets.merge(number(bound), value, Double::sum);
            }
        });
        double total = buckets.isEmpty() ? 0 : buckets.lastEntry().getValue();
        return buckets.entrySet().stream()
                .filter(bucket -> total > 0 && bucket.getValue() >= share * total)
                .findFirst()
                .map(Map.Entry::getKey)
                .orElse(0.0);
    }

    private static boolean isOf(String key, String name) {
        return key.startsWith(name)
                && (key.length() == name.length() || key.charAt(name.length()) == '{');
    }
}
