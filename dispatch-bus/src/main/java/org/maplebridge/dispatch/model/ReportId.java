package org.maplebridge.dispatch.model;

/// What somebody told us, once, through one door; several may be about one incident.
public record ReportId(String value) {
    public ReportId {
        Ids.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
