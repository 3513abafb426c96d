package org.maplebridge.dispatch.mediation;

/// One person's place in one mediation, such as `p3`; means nothing elsewhere.
public record PersonId(String value) implements Comparable<PersonId> {
    private static final int MOST_CHARS = 8;

    public PersonId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a person's id");
        }
    }

    public static boolean isValid(String text) {
        return text.length() >= 2
                && text.length() <= MOST_CHARS
                && text.charAt(0) == 'p'
                && text.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
    }

    @Override
    public int compareTo(PersonId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
