package org.maplebridge.dispatch.model;

/// What every id has to obey: short, printable, nothing that could break a topic, a path or a log.
public final class Ids {
    /// A UUID has 36 characters; 64 leave room for a prefix.
    public static final int MAX_CHARS = 64;

    private Ids() {}

    /// Asked before an id is built from what somebody sent.
    public static boolean isValid(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_CHARS
                && text.chars().allMatch(Ids::isAllowed);
    }

    static void require(String text) {
        if (!isValid(text)) {
            throw new IllegalArgumentException("not an id: " + text.length() + " characters");
        }
    }

    private static boolean isAllowed(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '.'
                || c == ':';
    }
}
