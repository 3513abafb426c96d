package org.maplebridge.dispatch.model;

/// A node of the organisation: city centre, town room, police room, work station.
public record NodeId(String value) {
    public NodeId {
        Ids.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
