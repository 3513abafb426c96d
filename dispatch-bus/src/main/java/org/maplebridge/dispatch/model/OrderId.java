package org.maplebridge.dispatch.model;

/// An order; chosen by who places it, so that placing may be repeated.
public record OrderId(String value) {
    public OrderId {
        Ids.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
