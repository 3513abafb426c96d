package org.maplebridge.dispatch.model;

/// One burst of talk.
public record BurstId(String value) {
    public BurstId {
        Ids.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
