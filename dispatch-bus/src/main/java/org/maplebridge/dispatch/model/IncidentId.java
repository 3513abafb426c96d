package org.maplebridge.dispatch.model;

/// An incident.
public record IncidentId(String value) {
    public IncidentId {
        Ids.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
