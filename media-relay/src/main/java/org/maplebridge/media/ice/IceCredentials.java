package org.maplebridge.media.ice;

import java.util.random.RandomGenerator;

/// User name fragment and password of one side of a session (RFC 8839 §5.4).
public record IceCredentials(String fragment, String password) {
    /// The `ice-char`s: six bits each (RFC 8839 §5.1).
    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private static final int FRAGMENT_LENGTH = 8;
    private static final int PASSWORD_LENGTH = 24;

    /// Fresh ones of 48 and 144 bits; the rule asks for 24 and 128.
    ///
    /// @param random a cryptographic source: the password keeps strangers out
    public static IceCredentials random(RandomGenerator random) {
        return new IceCredentials(text(random, FRAGMENT_LENGTH), text(random, PASSWORD_LENGTH));
    }

    private static String text(RandomGenerator random, int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "IceCredentials[" + fragment + ", ***]";
    }
}
