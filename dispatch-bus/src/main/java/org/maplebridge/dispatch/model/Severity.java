package org.maplebridge.dispatch.model;

/// How bad it is, in the colours of the county's warning scale. Ordered from mild to grave.
public enum Severity {
    YELLOW,
    ORANGE,
    RED;

    public boolean isGraverThan(Severity other) {
        return compareTo(other) > 0;
    }
}
