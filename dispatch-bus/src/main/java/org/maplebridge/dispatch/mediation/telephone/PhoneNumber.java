package org.maplebridge.dispatch.mediation.telephone;

import java.util.Optional;

/// A number that a gateway can dial: digits, with a `+` before them where it is an international
/// one (ITU-T E.164: at most 15 digits). What people write between them is left out.
///
/// Pure.
public record PhoneNumber(String value) {
    private static final int FEWEST = 3;
    private static final int MOST = 15;
    private static final String BETWEEN = " -()/.\u2013\u3000";

    /// @return nothing for what is no number: letters, an extension, a second number, `+` inside
    public static Optional<PhoneNumber> of(String text) {
        var digits = new StringBuilder();
        for (char c : text.strip().toCharArray()) {
            boolean plus = c == '+' && digits.isEmpty();
            if (plus || (c >= '0' && c <= '9')) {
                digits.append(c);
            } else if (BETWEEN.indexOf(c) < 0) {
                return Optional.empty();
            }
        }
        int many = digits.length() - (digits.indexOf("+") == 0 ? 1 : 0);
        return many < FEWEST || many > MOST
                ? Optional.empty()
                : Optional.of(new PhoneNumber(digits.toString()));
    }

    /// A telephone number is nobody's business by accident in a log.
    @Override
    public String toString() {
        return "PhoneNumber[…]";
    }
}
