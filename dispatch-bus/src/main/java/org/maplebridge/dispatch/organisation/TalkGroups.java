package org.maplebridge.dispatch.organisation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;

/// Which talk groups follow from the organisation: one a town.
///
/// Pure.
final class TalkGroups {
    private TalkGroups() {}

    static List<TalkGroup> of(Organisation organisation) {
        return organisation.nodes().stream()
                .filter(node -> node.kind() == OrgNode.Kind.TOWN)
                .map(town -> ofTown(organisation, town))
                .toList();
    }

    private static TalkGroup ofTown(Organisation organisation, OrgNode town) {
        Set<UnitId> members = new LinkedHashSet<>();
        addUnits(organisation, members, u -> organisation.isWithin(u.node(), town.id()));
        for (var partner : organisation.partnersOf(town.id()).entrySet()) {
            if (partner.getValue().contains(Aspect.TALK)) {
                NodeId room = partner.getKey();
                addUnits(organisation, members, u -> u.node().equals(room) && u.kind().isRoom());
            }
        }
        var name = new Name(town.name().zh() + "联动组", town.name().en() + " group");
        return new TalkGroup(
                new GroupId("group-" + town.id()), name, TalkGroup.Kind.TOWN, town.id(), members);
    }

    /// A camera has no ears.
    private static void addUnits(
            Organisation organisation, Set<UnitId> members, Predicate<Unit> wanted) {
        organisation.units().stream()
                .filter(unit -> unit.kind() != Unit.Kind.CAMERA)
                .filter(wanted)
                .map(Unit::id)
                .forEach(members::add);
    }
}
