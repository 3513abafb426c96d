package org.maplebridge.dispatch.intake;

/// Who reported, as far as they said; empty is not said. Never written into a journal.
public record Reporter(String name, String phone) {
    public static final Reporter UNKNOWN = new Reporter("", "");

    /// Nobody's name gets into a log by accident.
    @Override
    public String toString() {
        return "Reporter[…]";
    }
}
