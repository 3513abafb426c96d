package org.maplebridge.dispatch.incident.letter;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.maplebridge.dispatch.model.Ids;

/// A letter or a slip as a county words it, with gaps that are filled from an incident: `{number}`.
/// Letters are written in Chinese, whatever language the seat reads.
///
/// Pure.
///
/// @param slip whether it is a form of rows, not a text
/// @param replyDays working days until an answer has to be there
/// @param rows of a slip: what, and its value
public record LetterTemplate(
        String id,
        String name,
        boolean slip,
        int replyDays,
        String heading,
        List<String> paragraphs,
        List<Row> rows) {
    /// Every gap that can be filled.
    public static final Set<String> GAPS =
            Set.of(
                    "number",
                    "title",
                    "place",
                    "text",
                    "severity",
                    "openedAt",
                    "step",
                    "from",
                    "to",
                    "due",
                    "date",
                    "by",
                    "item");

    private static final Pattern GAP = Pattern.compile("\\{(\\w+)}");

    public record Row(String label, String value) {}

    public LetterTemplate {
        paragraphs = List.copyOf(paragraphs);
        rows = List.copyOf(rows);
        if (!Ids.isValid(id) || name.isBlank() || replyDays < 1) {
            throw new IllegalArgumentException("a letter has an id, a name and a time: " + id);
        }
        if (slip == rows.isEmpty() || slip != paragraphs.isEmpty()) {
            throw new IllegalArgumentException("a slip has rows, a letter paragraphs: " + id);
        }
        requireGaps(heading);
        paragraphs.forEach(LetterTemplate::requireGaps);
        rows.forEach(row -> requireGaps(row.value()));
    }

    /// With its gaps filled.
    public record Text(String heading, List<String> paragraphs, List<Row> rows) {
        public Text {
            paragraphs = List.copyOf(paragraphs);
            rows = List.copyOf(rows);
        }
    }

    /// @param values of all gaps; what stands in a value is never a gap itself
    public Text filled(Map<String, String> values) {
        return new Text(
                fill(heading, values),
                paragraphs.stream().map(text -> fill(text, values)).toList(),
                rows.stream().map(row -> new Row(row.label(), fill(row.value(), values))).toList());
    }

    private static String fill(String text, Map<String, String> values) {
        return GAP.matcher(text)
                .replaceAll(gap -> Matcher.quoteReplacement(values.getOrDefault(gap.group(1), "")));
    }

    private static void requireGaps(String text) {
        GAP.matcher(text)
                .results()
                .map(gap -> gap.group(1))
                .filter(gap -> !GAPS.contains(gap))
                .findFirst()
                .ifPresent(gap -> {
                    throw new IllegalArgumentException("nothing fills {" + gap + "}");
                });
    }
}
