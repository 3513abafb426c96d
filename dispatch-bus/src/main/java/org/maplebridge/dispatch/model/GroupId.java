package org.maplebridge.dispatch.model;

/// A talk group.
public record GroupId(String value) {
    public GroupId {
        Ids.require(value);
    }

    /// The conversation of this group: same text.
    public CallId asCall() {
        return new CallId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
