package org.maplebridge.dispatch.model;

/// A person who can sign in; the same text as the account name.
public record UserId(String value) {
    public UserId {
        Ids.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
