package org.maplebridge.signaling.command.incident;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Actor;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Ledger.Room;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.organisation.OrgNode;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;

/// Who sees an incident: whoever works at or above a room that it was given to. That two rooms are
/// paired shows neither the other's incidents; it only means that one may be offered to the other.
///
/// Thread: any.
public final class IncidentSight {
    private final Roster roster;

    public IncidentSight(Roster roster) {
        this.roster = roster;
    }

    /// Whether this person works with incidents at all.
    public static boolean reads(Caller.Person person) {
        return person.may(Permission.COMMAND)
                || person.may(Permission.SUPERVISE)
                || person.may(Permission.APPRAISE)
                || person.may(Permission.ORDER_REPORT);
    }

    public boolean sees(Caller.Person person, Dossier.Line line) {
        return sees(person, line.rooms());
    }

    public boolean sees(Caller.Person person, Dossier dossier) {
        return sees(person, dossier.ledger().rooms());
    }

    private boolean sees(Caller.Person person, List<Room> rooms) {
        var organisation = roster.organisation();
        return reads(person)
                && rooms.stream()
                        .anyMatch(room -> organisation.isWithin(room.node(), person.user().node()));
    }

    /// The rooms whose incidents this person sees; absent for all of the county.
    public @Nullable Collection<NodeId> rooms(User user) {
        var organisation = roster.organisation();
        if (isHighest(organisation, user.node())) {
            return null;
        }
        return organisation.nodes().stream()
                .map(OrgNode::id)
                .filter(node -> organisation.isWithin(node, user.node()))
                .toList();
    }

    public Actor actor(Caller.Person person) {
        var user = person.user();
        var organisation = roster.organisation();
        return new Actor(
                user.id(),
                user.seat(),
                user.node(),
                person.may(Permission.COMMAND),
                person.may(Permission.SUPERVISE),
                room -> organisation.isWithin(room, user.node()),
                isHighest(organisation, user.node()));
    }

    /// Rooms that an incident may be given to from here: below the own one, above the one that is
    /// responsible, and partners that the pair's agreement lets share incidents.
    Optional<OrgNode> reachable(User user, NodeId owner, NodeId wanted) {
        var organisation = roster.organisation();
        boolean within =
                organisation.isWithin(wanted, user.node())
                        || organisation.isWithin(owner, wanted)
                        || roster.visibility().sees(user.node(), wanted, Aspect.INCIDENTS);
        return organisation.node(wanted).filter(_ -> within);
    }

    boolean isAbove(NodeId wanted, NodeId owner) {
        return !wanted.equals(owner) && roster.organisation().isWithin(owner, wanted);
    }

    private static boolean isHighest(Organisation organisation, NodeId node) {
        return organisation.node(node).filter(there -> there.parent() == null).isPresent();
    }
}
