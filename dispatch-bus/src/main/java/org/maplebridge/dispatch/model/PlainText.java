package org.maplebridge.dispatch.model;

/// What free text has to obey so that every database stores it and every page shows it.
public final class PlainText {
    private PlainText() {}

    /// Asked before text that somebody sent is put into a value.
    public static boolean isValid(String text, int maxChars) {
        return !text.isBlank() && text.length() <= maxChars && text.indexOf('\0') < 0;
    }

    /// @throws IllegalArgumentException when the text is blank, too long, or not plain
    public static void require(String text, int maxChars) {
        if (!isValid(text, maxChars)) {
            throw new IllegalArgumentException(
                    "not a text of 1 to " + maxChars + " characters: " + text.length());
        }
    }
}
