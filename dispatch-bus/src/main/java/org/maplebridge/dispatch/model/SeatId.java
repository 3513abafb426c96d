package org.maplebridge.dispatch.model;

/// A desk in a room with its own duty.
public record SeatId(String value) {
    public SeatId {
        Ids.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
