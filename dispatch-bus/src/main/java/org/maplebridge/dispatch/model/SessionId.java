package org.maplebridge.dispatch.model;

/// One connected console or terminal, kept over a resume; who takes part in floors and calls.
public record SessionId(String value) {
    public SessionId {
        Ids.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
