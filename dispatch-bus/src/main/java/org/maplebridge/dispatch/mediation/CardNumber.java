package org.maplebridge.dispatch.mediation;

/// The number of a resident's identity card: 17 digits and a check digit (GB 11643-1999), and what
/// of names and numbers may be shown.
///
/// Pure.
public final class CardNumber {
    private static final int LENGTH = 18;
    private static final String CHECK = "10X98765432";
    private static final int SHOWN_BEFORE = 4;
    private static final int SHOWN_AFTER = 2;

    private CardNumber() {}

    public static boolean isValid(String number) {
        if (number.length() != LENGTH) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < LENGTH - 1; i++) {
            char digit = number.charAt(i);
            if (digit < '0' || digit > '9') {
                return false;
            }
            sum += (digit - '0') * (1 << (LENGTH - 1 - i)) % 11;
        }
        return Character.toUpperCase(number.charAt(LENGTH - 1)) == CHECK.charAt(sum % 11);
    }

    /// Enough to tell two cards apart at a table, too little to use one.
    public static String masked(String number) {
        if (number.length() <= SHOWN_BEFORE + SHOWN_AFTER) {
            return "*".repeat(number.length());
        }
        int hidden = number.length() - SHOWN_BEFORE - SHOWN_AFTER;
        return number.substring(0, SHOWN_BEFORE)
                + "*".repeat(hidden)
                + number.substring(number.length() - SHOWN_AFTER);
    }

    /// The family name stays.
    public static String maskedName(String name) {
        int first = name.offsetByCodePoints(0, name.isEmpty() ? 0 : 1);
        return name.substring(0, first) + "*".repeat(name.codePointCount(first, name.length()));
    }
}
