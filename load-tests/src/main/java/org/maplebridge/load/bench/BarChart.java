package org.maplebridge.load.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Draws groups of bars as an SVG element; numbers stand on the bars, so no grid is needed.
final class BarChart {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 300;
    private static final int TOP = 40;
    private static final int BOTTOM = 60;
    private static final int SIDE = 10;
    private static final String[] COLOURS = {"#1f6feb", "#d29922", "#8b949e", "#cf222e"};

    private final String title;
    private final List<String> series;
    private final List<String> groups = new ArrayList<>();
    private final List<double[]> values = new ArrayList<>();

    /// @param series what each bar of a group stands for, in order
    BarChart(String title, List<String> series) {
        this.title = title;
        this.series = List.copyOf(series);
    }

    BarChart group(String name, double... bars) {
        groups.add(name);
        values.add(bars.clone());
        return this;
    }

    String svg() {
        var out = new StringBuilder();
        out.append("<svg viewBox=\"0 0 ").append(WIDTH).append(' ').append(HEIGHT);
        out.append("\" role=\"img\" aria-label=\"").append(escaped(title)).append("\">");
        text(out, SIDE, 20, "start", "title", title);
        double highest = values.stream().flatMapToDouble(Arrays::stream).max().orElse(1);
        double groupWidth = (WIDTH - 2.0 * SIDE) / Math.max(groups.size(), 1);
        for (int i = 0; i < groups.size(); i++) {
            double left = SIDE + i * groupWidth;
            bars(out, values.get(i), left + groupWidth * 0.08, groupWidth * 0.84, highest);
            text(out, left + groupWidth / 2, HEIGHT - BOTTOM + 18, "middle", "", groups.get(i));
        }
        legend(out);
        return out.append("</svg>").toString();
    }

    private static void bars(
            StringBuilder out, double[] bars, double left, double width, double highest) {
        double barWidth = width / bars.length;
        for (int i = 0; i < bars.length; i++) {
            double height = (HEIGHT - TOP - BOTTOM) * bars[i] / Math.max(highest, 1e-9);
            double top = HEIGHT - BOTTOM - height;
            out.append(
                    String.format(
                            Locale.ROOT,
                            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\""
                                    + " fill=\"%s\"/>",
                            left + i * barWidth,
                            top,
                            barWidth * 0.9,
                            height,
                            COLOURS[i % COLOURS.length]));
            String number = String.format(Locale.ROOT, bars[i] < 100 ? "%.2f" : "%.0f", bars[i]);
            text(out, left + (i + 0.45) * barWidth, top - 3, "middle", "number", number);
        }
    }

    private void legend(StringBuilder out) {
        double x = SIDE;
        for (int i = 0; i < series.size(); i++) {
            out.append(
                    String.format(
                            Locale.ROOT,
                            "<rect x=\"%.0f\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>",
                            x,
                            HEIGHT - 22,
                            COLOURS[i % COLOURS.length]));
            text(out, x + 18, HEIGHT - 12, "start", "", series.get(i));
            x += 40 + 8.0 * series.get(i).length();
        }
    }

    private static void text(
            StringBuilder out, double x, double y, String anchor, String style, String text) {
        out.append(
                String.format(
                        Locale.ROOT,
                        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">%s</text>",
                        x,
                        y,
                        anchor,
                        style,
                        escaped(text)));
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
