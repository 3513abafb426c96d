package org.maplebridge.dispatch.intake;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// How alike two texts are by the pairs of characters in them: that needs no dictionary, and
/// Chinese has no spaces.
///
/// Pure.
final class TextLikeness {
    private TextLikeness() {}

    /// Letters and digits alone, in one width and case.
    static String plain(String text) {
        var plain = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    /// A single character is a pair with nothing.
    static Set<String> pairs(String text) {
        int[] letters = plain(text).codePoints().toArray();
        var pairs = new HashSet<String>();
        if (letters.length == 1) {
            pairs.add(Character.toString(letters[0]));
        }
        for (int i = 0; i + 1 < letters.length; i++) {
            pairs.add(new String(letters, i, 2));
        }
        return pairs;
    }

    /// @return 0 for nothing in common to 1 for the same (Dice's coefficient)
    static double between(Set<String> some, Set<String> others) {
        return some.isEmpty() || others.isEmpty()
                ? 0
                : 2.0 * common(some, others) / (some.size() + others.size());
    }

    static long common(Set<String> some, Set<String> others) {
        return some.stream().filter(others::contains).count();
    }
}
