package org.maplebridge.signaling.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// docs/protocol.md as data: the message tables and the samples.
final class ProtocolDocument {
    /// `fields` are as in `name?[]{inner}`; `words` the values listed behind a field in brackets.
    record Field(
            String name, boolean optional, boolean list, List<Field> inner, List<String> words) {}

    private static final Pattern ROW = Pattern.compile("^\\| `([a-zA-Z.]+)` \\|(.*?)(?<!\\\\)\\|");
    private static final Pattern SPEC =
            Pattern.compile("`([^`]+)`(?: \\(((?:`[^`]+`(?:\\\\\\|)?)+)\\))?");

    private final String text;

    ProtocolDocument(String text) {
        this.text = text;
    }

    Map<String, List<Field>> table(String heading) {
        var rows = new LinkedHashMap<String, List<Field>>();
        for (var line : section(heading).split("\n")) {
            Matcher row = ROW.matcher(line);
            if (row.find()) {
                rows.put(row.group(1), cell(row.group(2)));
            }
        }
        return rows;
    }

    List<String> codes(String heading) {
        return section(heading)
                .lines()
                .map(Pattern.compile("^\\| `([a-z-]+)` \\|")::matcher)
                .filter(Matcher::find)
                .map(row -> row.group(1))
                .toList();
    }

    List<String> samples(String lead) {
        int at = text.indexOf("```json\n", text.indexOf(lead)) + "```json\n".length();
        return text.substring(at, text.indexOf("\n```", at)).lines().toList();
    }

    private String section(String heading) {
        int at = text.indexOf("\n## " + heading);
        int end = text.indexOf("\n## ", at + 1);
        return text.substring(at, end < 0 ? text.length() : end);
    }

    private static List<Field> cell(String cell) {
        var fields = new ArrayList<Field>();
        Matcher spec = SPEC.matcher(cell);
        while (spec.find()) {
            var field = new FieldParser(spec.group(1)).all().getFirst();
            var words =
                    spec.group(2) == null
                            ? List.<String>of()
                            : List.of(spec.group(2).replace("`", "").split("\\\\\\|", -1));
            fields.add(
                    new Field(field.name(), field.optional(), field.list(), field.inner(), words));
        }
        return fields;
    }

    private static final class FieldParser {
        private final String text;
        private int at;

        FieldParser(String text) {
            this.text = text.replace(" ", "");
        }

        List<Field> all() {
            var fields = new ArrayList<Field>();
            do {
                fields.add(one());
            } while (take(","));
            return fields;
        }

        private Field one() {
            int start = at;
            while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
                at++;
            }
            var name = text.substring(start, at);
            boolean optional = take("?");
            boolean list = take("[]");
            List<Field> inner = List.of();
            if (take("{")) {
                inner = all();
                take("}");
            }
            return new Field(name, optional, list, inner, List.of());
        }

        private boolean take(String token) {
            if (text.startsWith(token, at)) {
                at += token.length();
                return true;
            }
            return false;
        }
    }
}
