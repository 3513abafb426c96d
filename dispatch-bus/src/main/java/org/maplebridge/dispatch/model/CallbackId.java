package org.maplebridge.dispatch.model;

/// A wish to be called back, chosen by who asks.
public record CallbackId(String value) {
    public CallbackId {
        Ids.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
