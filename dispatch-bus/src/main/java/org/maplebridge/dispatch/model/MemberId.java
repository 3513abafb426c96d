package org.maplebridge.dispatch.model;

/// One running server of the cluster.
public record MemberId(String value) {
    public MemberId {
        Ids.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
