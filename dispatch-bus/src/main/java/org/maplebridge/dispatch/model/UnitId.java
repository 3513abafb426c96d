package org.maplebridge.dispatch.model;

/// Something that can be called and sent: a car, a handheld, a room, a camera.
public record UnitId(String value) {
    public UnitId {
        Ids.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
