package org.maplebridge.dispatch.mediation.telephone;

import java.util.Optional;
import java.util.function.IntUnaryOperator;

/// What somebody keys in who calls: nine digits, told in threes.
///
/// Pure.
public record AccessCode(String digits) {
    public static final int DIGITS = 9;

    /// @param random a number below the one it is given
    public static AccessCode make(IntUnaryOperator random) {
        var digits = new StringBuilder();
        for (int i = 0; i < DIGITS; i++) {
            digits.append((char) ('0' + random.applyAsInt(10)));
        }
        return new AccessCode(digits.toString());
    }

    /// @return nothing for what is no code, so that it needs not be looked for
    public static Optional<AccessCode> of(String text) {
        boolean good = text.length() == DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return good ? Optional.of(new AccessCode(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return "AccessCode[…]";
    }
}
