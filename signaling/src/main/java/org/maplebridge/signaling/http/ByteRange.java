package org.maplebridge.signaling.http;

import org.jspecify.annotations.Nullable;

/// What part of a file a Range header asks for (RFC 9110 §14.1.2). One range is served; a header
/// that asks for several, or that cannot be read, is passed over, as §14.2 allows.
///
/// Pure.
sealed interface ByteRange {
    record Whole() implements ByteRange {}

    /// @param last the last byte, inclusive
    record Part(long first, long last) implements ByteRange {
        long length() {
            return last - first + 1;
        }
    }

    /// Nothing of it is there.
    record Outside() implements ByteRange {}

    static ByteRange of(@Nullable String header, long length) {
        if (header == null || !header.regionMatches(true, 0, "bytes=", 0, 6)) {
            return new Whole();
        }
        var range = header.substring(6).strip();
        int dash = range.indexOf('-');
        if (dash < 0) {
            return new Whole();
        }
        var first = range.substring(0, dash);
        var last = range.substring(dash + 1);
        if (first.isEmpty()) {
            return isNumber(last) ? suffix(number(last), length) : new Whole();
        }
        boolean open = last.isEmpty();
        if (!isNumber(first) || !(open || isNumber(last))) {
            return new Whole();
        }
        return of(number(first), open ? Long.MAX_VALUE : number(last), length);
    }

    private static ByteRange of(long first, long last, long length) {
        if (last < first) {
            return new Whole();
        }
        return first < length ? new Part(first, Math.min(last, length - 1)) : new Outside();
    }

    private static ByteRange suffix(long bytes, long length) {
        return bytes == 0 || length == 0
                ? new Outside()
                : new Part(Math.max(0, length - bytes), length - 1);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /// No file is so long that more digits would make a difference.
    private static long number(String digits) {
        int significant = 0;
        while (significant < digits.length() - 1 && digits.charAt(significant) == '0') {
            significant++;
        }
        var plain = digits.substring(significant);
        return plain.length() > 18 ? Long.MAX_VALUE : Long.parseLong(plain);
    }
}
