package org.maplebridge.dispatch.intake;

import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Origin;

/// Who reported, as far as they said; empty is not said. Never written into a journal.
public record Reporter(String name, String phone) {
    public static final Reporter UNKNOWN = new Reporter("", "");

    Origin.@Nullable Reporter origin() {
        return name.isEmpty() && phone.isEmpty()
                ? null
                : new Origin.Reporter(name.isEmpty() ? null : name, phone.isEmpty() ? null : phone);
    }

    /// Nobody's name gets into a log by accident.
    @Override
    public String toString() {
        return "Reporter[…]";
    }
}
