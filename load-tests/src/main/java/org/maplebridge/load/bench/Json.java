package org.maplebridge.load.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Writes reports as JSON: maps, lists, numbers and text.
final class Json {
    private Json() {}

    static String write(Object value) {
        var out = new StringBuilder();
        append(out, value, 0);
        return out.append('\n').toString();
    }

    private static void append(StringBuilder out, Object value, int depth) {
        switch (value) {
            case Map<?, ?> map -> {
                String separator = "{";
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    out.append(separator).append('\n').repeat(' ', 2 * depth + 2);
                    text(out, String.valueOf(entry.getKey()));
                    out.append(": ");
                    append(out, entry.getValue(), depth + 1);
                    separator = ",";
                }
                out.append(map.isEmpty() ? "{" : "\n" + " ".repeat(2 * depth)).append('}');
            }
            case List<?> list -> {
                String separator = "[";
                for (Object element : list) {
                    out.append(separator);
                    append(out, element, depth + 1);
                    separator = ", ";
                }
                out.append(list.isEmpty() ? "[]" : "]");
            }
            case Double number -> out.append(decimal(number));
            case Number number -> out.append(number);
            case Boolean truth -> out.append(truth);
            default -> text(out, value.toString());
        }
    }

    /// Four decimals at most: more would only pretend. JSON knows no infinity.
    private static String decimal(double number) {
        if (!Double.isFinite(number)) {
            return "null";
        }
        String text = String.format(Locale.ROOT, "%.4f", number);
        return text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }

    private static void text(StringBuilder out, String text) {
        out.append('"');
        for (char letter : text.toCharArray()) {
            switch (letter) {
                case '"', '\\' -> out.append('\\').append(letter);
                default ->
                        out.append(letter < ' ' ? String.format("\\u%04x", (int) letter) : letter);
            }
        }
        out.append('"');
    }
}
