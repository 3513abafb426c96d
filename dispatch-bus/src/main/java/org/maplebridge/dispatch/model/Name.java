package org.maplebridge.dispatch.model;

/// What people read: Chinese first, English beside it.
public record Name(String zh, String en) {
    public static final int MAX_CHARS = 120;

    public Name {
        PlainText.require(zh, MAX_CHARS);
        PlainText.require(en, MAX_CHARS);
    }

    /// The same words in both languages: what somebody typed in.
    public static Name of(String text) {
        return new Name(text, text);
    }

    /// @param locale a BCP 47 tag; everything that is not English reads Chinese
    public String in(String locale) {
        return locale.startsWith("en") ? en : zh;
    }
}
