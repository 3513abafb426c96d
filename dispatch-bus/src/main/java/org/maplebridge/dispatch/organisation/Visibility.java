package org.maplebridge.dispatch.organisation;

import java.util.Collection;
import java.util.Optional;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;

/// Who sees what: a node sees its own tree, so a town its own and the city everything; rooms that
/// are paired see what the pair shares; and everybody sees that the rooms above exist, to be able
/// to call them. Nobody else sees anything.
///
/// Pure; a walk up at most eight parents, so it may be asked for every message.
public record Visibility(Organisation organisation) {

    /// Whether somebody at `viewer` sees this aspect of `target` and what lies there.
    public boolean sees(NodeId viewer, NodeId target, Aspect aspect) {
        return organisation.isWithin(target, viewer) || seesAsPartner(viewer, target, aspect);
    }

    public boolean seesUnit(User viewer, UnitId id, Aspect aspect) {
        Optional<Unit> unit = organisation.unit(id);
        return unit.isPresent() && seesUnit(viewer, unit.get(), aspect);
    }

    public boolean seesUnit(User viewer, Unit unit, Aspect aspect) {
        return unit.id().equals(viewer.unit()) || seesUnitFrom(viewer.node(), unit, aspect);
    }

    /// What everybody at this node sees, whoever they are.
    public boolean seesUnitFrom(NodeId viewer, Unit unit, Aspect aspect) {
        return sees(viewer, unit.node(), aspect)
                || (aspect == Aspect.UNITS && isRoomAbove(viewer, unit));
    }

    /// An order is seen where it was placed, where its assignees are led from, and by them.
    public boolean seesOrder(User viewer, NodeId placedAt, Collection<UnitId> assignees) {
        return sees(viewer.node(), placedAt, Aspect.ORDERS)
                || assignees.stream().anyMatch(unit -> seesUnit(viewer, unit, Aspect.ORDERS));
    }

    /// Orders go down the own tree, and across a pair to the partner's room, which sends its own.
    public boolean mayOrder(User viewer, UnitId id) {
        Optional<Unit> unit = organisation.unit(id);
        return unit.isPresent()
                && organisation.allows(viewer, Permission.DISPATCH)
                && (organisation.isWithin(unit.get().node(), viewer.node())
                        || (unit.get().kind().isRoom()
                                && seesAsPartner(viewer.node(), unit.get().node(), Aspect.UNITS)));
    }

    public boolean seesGroup(User viewer, GroupId id) {
        return organisation.group(id).filter(group -> seesGroup(viewer, group)).isPresent();
    }

    /// Its members, and whoever sees the talk of the place it belongs to; a made group belongs to
    /// where its maker is.
    public boolean seesGroup(User viewer, TalkGroup group) {
        return isMember(viewer, group) || sees(viewer.node(), group.node(), Aspect.TALK);
    }

    public boolean mayJoin(User viewer, GroupId id) {
        return organisation.group(id).filter(group -> mayJoin(viewer, group)).isPresent();
    }

    /// Members, and those who see everything of the group's node: the city enters any group.
    public boolean mayJoin(User viewer, TalkGroup group) {
        return isMember(viewer, group) || organisation.isWithin(group.node(), viewer.node());
    }

    /// Whom somebody may put into a group, or tell what to listen to: whose talk they see, and the
    /// rooms above.
    public boolean mayRegroup(User viewer, Unit unit) {
        return seesUnit(viewer, unit, Aspect.TALK) || isRoomAbove(viewer.node(), unit);
    }

    private static boolean isMember(User viewer, TalkGroup group) {
        return viewer.unit() != null && group.members().contains(viewer.unit());
    }

    private boolean isRoomAbove(NodeId viewer, Unit unit) {
        return unit.kind().isRoom() && organisation.isWithin(viewer, unit.node());
    }

    private boolean seesAsPartner(NodeId viewer, NodeId target, Aspect aspect) {
        for (var partner : organisation.partnersOf(viewer).entrySet()) {
            if (partner.getValue().contains(aspect)
                    && organisation.isWithin(target, partner.getKey())) {
                return true;
            }
        }
        return false;
    }
}
