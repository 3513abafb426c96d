package org.maplebridge.signaling.security;

import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.organisation.Visibility;
import org.maplebridge.dispatch.store.OrganisationStore;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// The organisation as this node knows it now.
///
/// Thread: any; one volatile reference to an immutable value, read anew by one at a time.
public final class Roster {
    private final OrganisationStore store;
    private volatile Visibility visibility;

    public Roster(OrganisationStore store) throws RecordUnavailable {
        this.store = store;
        visibility = read(store);
    }

    public Organisation organisation() {
        return visibility.organisation();
    }

    public Visibility visibility() {
        return visibility;
    }

    /// Asked when the organisation changed, by who changed it and when the bus says so. One after
    /// the other: who read before a change must not put its older answer over a newer one.
    public synchronized void reload() throws RecordUnavailable {
        visibility = read(store);
    }

    private static Visibility read(OrganisationStore store) throws RecordUnavailable {
        return new Visibility(
                store.load()
                        .orElseThrow(() -> new IllegalStateException("there is no organisation")));
    }
}
