package org.maplebridge.dispatch.organisation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;

/// Which talk groups follow from the organisation: one a town, one for each pair of rooms, the
/// teams, one a work station, and one for the whole county, which agencies are no part of: they are
/// called in. A group in which nobody could answer is left out, but for a town's.
///
/// Ids follow from the ids of the places, so that they stay what they are: `group-` and the town or
/// station, `pair-` and both rooms, `team-`. Made groups have ids that their makers choose.
///
/// Pure.
final class TalkGroups {
    private static final GroupId COUNTY = new GroupId("group-county");
    private static final GroupId MEDIATORS = new GroupId("team-mediation");

    private final Organisation organisation;

    private TalkGroups(Organisation organisation) {
        this.organisation = organisation;
    }

    static List<TalkGroup> of(Organisation organisation) {
        var all = new TalkGroups(organisation);
        var groups = new ArrayList<TalkGroup>();
        all.nodes(OrgNode.Kind.TOWN).map(all::ofTown).forEach(groups::add);
        Stream.of(all.pairs(), all.patrols(), all.mediators(), all.stations(), all.county())
                .flatMap(more -> more)
                .filter(group -> group.members().size() > 1)
                .forEach(groups::add);
        return groups;
    }

    private TalkGroup ofTown(OrgNode town) {
        var members = unitsWhere(unit -> organisation.isWithin(unit.node(), town.id()));
        organisation.partnersOf(town.id()).entrySet().stream()
                .filter(partner -> partner.getValue().contains(Aspect.TALK))
                .map(Map.Entry::getKey)
                .forEach(room -> members.addAll(roomsAt(room)));
        return new TalkGroup(
                new GroupId("group-" + town.id()),
                named(town.name(), "联动组", " group"),
                TalkGroup.Kind.TOWN,
                town.id(),
                members);
    }

    private Stream<TalkGroup> pairs() {
        return nodes(OrgNode.Kind.TOWN)
                .flatMap(town ->
                        organisation.partnersOf(town.id()).entrySet().stream()
                                .filter(partner -> partner.getValue().contains(Aspect.TALK))
                                .map(partner -> partner.getKey())
                                .sorted((a, b) -> a.value().compareTo(b.value()))
                                .map(room -> ofPair(town.id(), room)));
    }

    private TalkGroup ofPair(NodeId town, NodeId policeRoom) {
        var members = roomsAt(town);
        members.addAll(roomsAt(policeRoom));
        var one = nameOfRoom(town);
        var other = nameOfRoom(policeRoom);
        return new TalkGroup(
                new GroupId("pair-" + town + ":" + policeRoom),
                new Name(cut(one.zh() + "、" + other.zh()), cut(one.en() + " and " + other.en())),
                TalkGroup.Kind.PAIR,
                town,
                members);
    }

    private Stream<TalkGroup> patrols() {
        return nodes(OrgNode.Kind.TOWN)
                .filter(town -> !patrolsOf(town).isEmpty())
                .map(town -> {
                    var members = patrolsOf(town);
                    members.addAll(roomsAt(town.id()));
                    return new TalkGroup(
                            new GroupId("team-" + town.id() + "-patrol"),
                            named(town.name(), "巡防组", " patrol team"),
                            TalkGroup.Kind.TEAM,
                            town.id(),
                            members);
                });
    }

    private Set<UnitId> patrolsOf(OrgNode town) {
        return unitsWhere(unit ->
                (unit.kind() == Unit.Kind.CAR || unit.kind() == Unit.Kind.HANDHELD)
                        && organisation.isWithin(unit.node(), town.id()));
    }

    private Stream<TalkGroup> mediators() {
        var mediators = unitsWhere(unit -> unit.kind() == Unit.Kind.MEDIATOR);
        return root().filter(_ -> !mediators.isEmpty()).stream()
                .map(centre -> {
                    mediators.addAll(unitsWhere(unit -> unit.kind() == Unit.Kind.CENTRE));
                    return new TalkGroup(
                            MEDIATORS,
                            new Name("调解组", "Mediation team"),
                            TalkGroup.Kind.TEAM,
                            centre.id(),
                            mediators);
                });
    }

    private Stream<TalkGroup> stations() {
        return nodes(OrgNode.Kind.STATION)
                .map(station -> {
                    var members =
                            unitsWhere(unit -> organisation.isWithin(unit.node(), station.id()));
                    Optional.ofNullable(station.parent())
                            .filter(_ -> !members.isEmpty())
                            .ifPresent(town -> members.addAll(roomsAt(town)));
                    return new TalkGroup(
                            new GroupId("group-" + station.id()),
                            named(station.name(), "组", " group"),
                            TalkGroup.Kind.STATION,
                            station.id(),
                            members);
                });
    }

    private Stream<TalkGroup> county() {
        return root().stream()
                .map(centre ->
                        new TalkGroup(
                                COUNTY,
                                named(centre.name(), "全员组", ": everybody"),
                                TalkGroup.Kind.COUNTY,
                                centre.id(),
                                unitsWhere(unit -> unit.kind() != Unit.Kind.AGENCY)));
    }

    private Optional<OrgNode> root() {
        return organisation.nodes().stream().filter(node -> node.parent() == null).findFirst();
    }

    private Stream<OrgNode> nodes(OrgNode.Kind kind) {
        return organisation.nodes().stream().filter(node -> node.kind() == kind);
    }

    private Set<UnitId> roomsAt(NodeId node) {
        return unitsWhere(unit -> unit.node().equals(node) && unit.kind().isRoom());
    }

    private Set<UnitId> unitsWhere(Predicate<Unit> wanted) {
        Set<UnitId> found = new LinkedHashSet<>();
        organisation.units().stream()
                .filter(unit -> unit.kind().hasEars())
                .filter(wanted)
                .map(Unit::id)
                .forEach(found::add);
        return found;
    }

    /// What people call the room; the place's own name where nobody sits yet.
    private Name nameOfRoom(NodeId node) {
        return organisation.unitsAt(node).stream()
                .filter(unit -> unit.kind().isRoom())
                .map(Unit::name)
                .findFirst()
                .or(() -> organisation.node(node).map(OrgNode::name))
                .orElseGet(() -> Name.of(node.value()));
    }

    private static Name named(Name place, String zh, String en) {
        return new Name(cut(place.zh() + zh), cut(place.en() + en));
    }

    private static String cut(String name) {
        return name.length() <= Name.MAX_CHARS ? name : name.substring(0, Name.MAX_CHARS);
    }
}
