package org.maplebridge.dispatch.model;

/// What people read: Chinese first, English beside it.
public record Name(String zh, String en) {
    public static final int MAX_CHARS = 120;

    public Name {
        requireText(zh);
        requireText(en);
    }

    /// The same words in both languages: what somebody typed in.
    public static Name of(String text) {
        return new Name(text, text);
    }

    /// @param locale a BCP 47 tag; everything that is not English reads Chinese
    public String in(String locale) {
        return locale.startsWith("en") ? en : zh;
    }

    private static void requireText(String text) {
        if (text.isBlank() || text.length() > MAX_CHARS) {
            throw new IllegalArgumentException("not a name: " + text.length() + " characters");
        }
    }
}
