package org.maplebridge.dispatch.journal.seal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An entry of the journal as it lies in the record, column by column, without asking whether it
/// could be one of ours: what somebody else wrote into the table has a hash, too.
///
/// @param subjects in the order of their kind and id, by UTF-16 code units
/// @param detail the column's text as it is
///
///   Pure.
public record WrittenEntry(
        long sequence,
        Instant at,
        String kind,
        @Nullable String actor,
        @Nullable String seat,
        List<About> subjects,
        String detail) {
    /// Finest step of time in the record.
    private static final DateTimeFormatter MICROSECONDS =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter(Locale.ROOT);

    /// What it is about.
    public record About(String kind, String id) {}

    public WrittenEntry {
        subjects =
                subjects.stream()
                        .sorted(Comparator.comparing(About::kind).thenComparing(About::id))
                        .toList();
    }

    /// The text that is hashed, as UTF-8: one JSON object in the form of RFC 8785, with exactly
    /// these seven names. Numbers are written as text, since RFC 8785 has no whole numbers above
    /// 2^53; half a surrogate pair, which it refuses, is written as an escape, so that no entry can
    /// stop the chain.
    public String canonical() {
        var text = new StringBuilder(detail.length() + 300);
        text.append("{\"actor\":");
        quote(text, actor);
        text.append(",\"at\":");
        quote(text, MICROSECONDS.format(at));
        text.append(",\"detail\":");
        quote(text, detail);
        text.append(",\"kind\":");
        quote(text, kind);
        text.append(",\"seat\":");
        quote(text, seat);
        text.append(",\"sequence\":");
        quote(text, Long.toString(sequence));
        text.append(",\"subjects\":[");
        for (int i = 0; i < subjects.size(); i++) {
            text.append(i == 0 ? "[" : ",[");
            quote(text, subjects.get(i).kind());
            text.append(',');
            quote(text, subjects.get(i).id());
            text.append(']');
        }
        return text.append("]}").toString();
    }

    public byte[] leaf() {
        return MerkleTree.leaf(canonical().getBytes(StandardCharsets.UTF_8));
    }

    private static void quote(StringBuilder text, @Nullable String word) {
        if (word == null) {
            text.append("null");
            return;
        }
        text.append('"');
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\b' -> text.append("\\b");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\f' -> text.append("\\f");
                case '\r' -> text.append("\\r");
                default -> {
                    if (c < ' ' || isHalf(word, i)) {
                        text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    private static boolean isHalf(String word, int i) {
        char c = word.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == word.length() || !Character.isLowSurrogate(word.charAt(i + 1));
        }
        return Character.isLowSurrogate(c)
                && (i == 0 || !Character.isHighSurrogate(word.charAt(i - 1)));
    }
}
