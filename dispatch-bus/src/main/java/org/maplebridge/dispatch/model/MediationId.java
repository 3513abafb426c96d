package org.maplebridge.dispatch.model;

/// A mediation; given by the server.
public record MediationId(String value) {
    public MediationId {
        Ids.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
