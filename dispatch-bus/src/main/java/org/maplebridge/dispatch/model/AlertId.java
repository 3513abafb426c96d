package org.maplebridge.dispatch.model;

/// A call for help, chosen by who raises it.
public record AlertId(String value) {
    public AlertId {
        Ids.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
