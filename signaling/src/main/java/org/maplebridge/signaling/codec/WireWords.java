package org.maplebridge.signaling.codec;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Enum constants as words of the wire: `EN_ROUTE` is `enRoute`.
final class WireWords {
    private static final ClassValue<Map<String, Object>> CONSTANTS =
            new ClassValue<>() {
                @Override
                protected Map<String, Object> computeValue(Class<?> type) {
                    var constants = new HashMap<String, Object>();
                    for (var constant : type.getEnumConstants()) {
                        constants.put(of((Enum<?>) constant), constant);
                    }
                    return Map.copyOf(constants);
                }
            };

    private WireWords() {}

    static String of(Enum<?> constant) {
        var word = new StringBuilder();
        for (var part : constant.name().toLowerCase(Locale.ROOT).split("_", -1)) {
            word.append(
                    word.isEmpty()
                            ? part.substring(0, 1)
                            : part.substring(0, 1).toUpperCase(Locale.ROOT));
            word.append(part, 1, part.length());
        }
        return word.toString();
    }

    static @Nullable Object constant(Class<?> type, String word) {
        return CONSTANTS.get(type).get(word);
    }

    static Iterable<String> all(Class<?> type) {
        return CONSTANTS.get(type).keySet().stream().sorted().toList();
    }
}
