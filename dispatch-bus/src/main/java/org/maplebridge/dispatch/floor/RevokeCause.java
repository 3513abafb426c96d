package org.maplebridge.dispatch.floor;

/// Why the floor was taken away (3GPP TS 24.380 §8.2.10).
public enum RevokeCause {
    ONLY_ONE_PARTICIPANT(1),
    TALKED_TOO_LONG(2),
    NO_PERMISSION(3),
    PRE_EMPTED(4),
    NO_RESOURCES(6),
    OTHER(255);

    private final int number;

    RevokeCause(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
