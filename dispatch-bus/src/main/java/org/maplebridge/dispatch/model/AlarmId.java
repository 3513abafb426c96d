package org.maplebridge.dispatch.model;

/// What somebody or something outside reports, chosen by who reports it.
public record AlarmId(String value) {
    public AlarmId {
        Ids.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
