package org.maplebridge.dispatch.floor;

/// Why the floor was not given (3GPP TS 24.380 §8.2.6).
public enum DenyCause {
    ANOTHER_TALKS(1),
    INTERNAL_ERROR(2),
    ONLY_ONE_PARTICIPANT(3),
    RETRY_AFTER(4),
    RECEIVE_ONLY(5),
    NO_RESOURCES(6),
    QUEUE_FULL(7),
    OTHER(255);

    private final int number;

    DenyCause(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
