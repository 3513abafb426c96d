package org.maplebridge.dispatch.model;

/// A picture or a short video that shows something of a matter; given by the server.
public record EvidenceId(String value) {
    public EvidenceId {
        Ids.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
