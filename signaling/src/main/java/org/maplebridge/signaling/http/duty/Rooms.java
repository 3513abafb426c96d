package org.maplebridge.signaling.http.duty;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.SeatId;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.organisation.Seat;
import org.maplebridge.dispatch.store.duty.FigureStore.Of;
import org.maplebridge.signaling.http.Access;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;

/// Whose duty and figures somebody may look at: those of the own place and of what lies below it.
///
/// Pure, but for the organisation as it is now.
record Rooms(Roster roster) {
    static void requireRoom(Caller.Person person) {
        Access.requireAny(person, Permission.COMMAND, Permission.SUPERVISE, Permission.APPRAISE);
    }

    /// @param wanted absent for the own place
    NodeId node(Caller.Person person, @Nullable String wanted) {
        NodeId own = person.user().node();
        if (wanted == null || wanted.isEmpty()) {
            return own;
        }
        return Optional.of(wanted)
                .filter(Ids::isValid)
                .map(NodeId::new)
                .filter(node -> organisation().node(node).isPresent())
                .filter(node -> organisation().isWithin(node, own))
                .orElseThrow(() -> ApiProblem.notVisible("node"));
    }

    /// This place and all below it.
    Set<NodeId> within(NodeId node) {
        return organisation().nodes().stream()
                .map(one -> one.id())
                .filter(one -> organisation().isWithin(one, node))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// @return nothing for the whole county, of which nothing is left out
    @Nullable Of of(NodeId node) {
        if (node.equals(organisation().centre().id())) {
            return null;
        }
        Set<NodeId> rooms = within(node);
        Set<SeatId> seats =
                organisation().parts().seats().stream()
                        .filter(seat -> rooms.contains(seat.node()))
                        .map(Seat::id)
                        .collect(Collectors.toUnmodifiableSet());
        return new Of(rooms, seats);
    }

    boolean isCentre(Caller.Person person) {
        return person.user().node().equals(organisation().centre().id());
    }

    Organisation organisation() {
        return roster.organisation();
    }
}
