package org.maplebridge.signaling.scene.call;

import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.security.Roster;

/// One side of a private call, as the other one reads it.
///
/// @param id of the unit, or of the person when they speak for none
record Party(String id, Name name) {
    static Party of(Peer peer, Roster roster) {
        return peer.unit()
                .flatMap(roster.organisation()::unit)
                .map(Party::of)
                .orElseGet(() ->
                        new Party(peer.person().user().id().value(), peer.person().user().name()));
    }

    static Party of(Unit unit) {
        return new Party(unit.id().value(), unit.name());
    }
}
