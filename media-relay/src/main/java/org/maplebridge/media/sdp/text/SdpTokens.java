package org.maplebridge.media.sdp.text;

/// The alphabets of SDP: whatever of an offer is echoed or trusted passes one of these.
public final class SdpTokens {
    private static final int MAX_TOKEN = 64;

    private SdpTokens() {}

    /// A word that may be echoed: RFC 8866's token characters plus the `/` of protocol names.
    public static boolean token(String text) {
        if (text.isEmpty() || text.length() > MAX_TOKEN) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!alphanumeric(c) && "!#$%&'*+-.^_`{|}~/".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /// ice-char = ALPHA / DIGIT / "+" / "/" (RFC 8839 §5.1).
    public static boolean iceChars(String text, int least, int most) {
        if (text.length() < least || text.length() > most) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!alphanumeric(c) && c != '+' && c != '/') {
                return false;
            }
        }
        return true;
    }

    public static boolean hex(String text, int length) {
        return text.length() == length
                && text.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
    }

    /// A decimal number from 0 to `most`, or -1.
    public static int number(String text, int most) {
        long value = unsigned(text, most);
        return (int) value;
    }

    /// A decimal number from 0 to `most`, or -1.
    public static long unsigned(String text, long most) {
        if (text.isEmpty() || text.length() > 10) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value <= most ? value : -1;
    }

    private static boolean alphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
