package org.maplebridge.signaling.burst;

import java.util.Locale;
import java.util.Optional;
import org.maplebridge.dispatch.order.Order;

/// What a spoken order says in writing, in its speaker's language.
///
/// Pure.
final class SpokenText {
    private static final long MILLIS = 1_000;

    private SpokenText() {}

    /// @param words what a transcriber understood
    static String of(long durationMillis, Optional<String> words, String locale) {
        boolean chinese = Locale.forLanguageTag(locale).getLanguage().equals("zh");
        long seconds = Math.max(1, (durationMillis + MILLIS / 2) / MILLIS);
        var title = (chinese ? "语音指令 %d″" : "Voice order %d″").formatted(seconds);
        var spoken = words.map(text -> text.replace('\0', ' ').strip()).orElse("");
        var whole = spoken.isEmpty() ? title : title + (chinese ? "：" : ": ") + spoken;
        return whole.length() <= Order.MAX_TEXT_CHARS
                ? whole
                : whole.substring(0, Order.MAX_TEXT_CHARS - 1) + "…";
    }
}
