package org.maplebridge.dispatch.model;

/// A conversation with one floor: a talk group while it is used, or a private call.
public record CallId(String value) {
    public CallId {
        Ids.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
