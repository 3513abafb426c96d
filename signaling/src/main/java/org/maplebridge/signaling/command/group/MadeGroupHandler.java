package org.maplebridge.signaling.command.group;

import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.GeoArea;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.PlainText;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.MadeGroup;
import org.maplebridge.dispatch.organisation.TalkGroup;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.telemetry.Position;
import org.maplebridge.dispatch.telemetry.Positions;
import org.maplebridge.signaling.command.Reply;
import org.maplebridge.signaling.command.incident.MeetingRooms;
import org.maplebridge.signaling.group.Groups;
import org.maplebridge.signaling.group.IncidentTiers;
import org.maplebridge.signaling.group.Regrouping;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupClose;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupMake;
import org.maplebridge.signaling.protocol.ClientMessage.PositionMessage.Place;
import org.maplebridge.signaling.protocol.Refusal;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;

/// Groups for as long as they are needed: read what is wished for, look who that is, and whether
/// the maker may.
public final class MadeGroupHandler {
    private final Groups groups;
    private final Regrouping regrouping;
    private final Positions positions;
    private final MeetingRooms meetings;
    private final IncidentTiers tiers;
    private final Roster roster;
    private final InstantSource clock;

    public MadeGroupHandler(
            Groups groups,
            Regrouping regrouping,
            Positions positions,
            MeetingRooms meetings,
            IncidentTiers tiers,
            Roster roster,
            InstantSource clock) {
        this.groups = groups;
        this.regrouping = regrouping;
        this.positions = positions;
        this.meetings = meetings;
        this.tiers = tiers;
        this.roster = roster;
        this.clock = clock;
    }

    public Reply make(Peer peer, GroupMake message) throws RecordUnavailable {
        var user = peer.person().user();
        Optional<Reply> refused = unreadable(message);
        if (refused.isEmpty()) {
            refused = unseen(peer.person(), message);
        }
        if (refused.isPresent()) {
            return refused.get();
        }
        var id = new GroupId(message.group());
        var wish = wish(user, message);
        var before = regrouping.made(id);
        if (before.isPresent()) {
            return before.get().wish().equals(wish) ? Reply.DONE : conflict();
        }
        @Nullable IncidentId incident = wish.incident();
        if (incident != null && !meetings.sees(peer.person(), incident)) {
            return Reply.notVisible("incident");
        }
        var members = members(user, wish);
        if (members.isEmpty()) {
            return malformed("units", "Nobody is in this group.");
        }
        if (members.size() > MadeGroup.MAX_MEMBERS) {
            return new Reply.Refused(Refusal.tooLarge("units", MadeGroup.MAX_MEMBERS));
        }
        return make(peer, new MadeGroup(id, wish, user.node(), clock.instant(), members));
    }

    private Reply make(Peer peer, MadeGroup group) throws RecordUnavailable {
        return switch (regrouping.make(group, peer.person())) {
            case DONE -> made(group);
            case CONFLICT -> conflict();
            case FULL ->
                    Reply.refuse(
                            RefusalCode.TOO_MANY, "Too many groups are open here: close some.");
            case INCIDENT_OVER ->
                    new Reply.Refused(
                            new Refusal(
                                    RefusalCode.STEP_NOT_ALLOWED.wire(),
                                    "The incident is closed.",
                                    Map.of("state", "closed")));
            case BUSY, UNKNOWN -> Reply.notVisible("group");
        };
    }

    private Reply made(MadeGroup group) throws RecordUnavailable {
        @Nullable IncidentId incident = group.wish().incident();
        if (incident != null) {
            tiers.follow(incident);
        }
        return Reply.DONE;
    }

    public Reply close(Peer peer, GroupClose message) throws RecordUnavailable {
        if (!Ids.isValid(message.group())) {
            return Reply.notVisible("group");
        }
        var user = peer.person().user();
        var id = new GroupId(message.group());
        if (roster.organisation().group(id).isPresent()) {
            return groups.seenBy(user, message.group()).isPresent()
                    ? Reply.refuse(RefusalCode.NOT_ALLOWED, "This group follows from the places.")
                    : Reply.notVisible("group");
        }
        Optional<TalkGroup> group = regrouping.made(id).map(MadeGroup::asTalkGroup);
        if (group.filter(there -> roster.visibility().seesGroup(user, there)).isEmpty()) {
            return Reply.notVisible("group");
        }
        if (!roster.organisation().isWithin(group.get().node(), user.node())) {
            return Reply.refuse(RefusalCode.NOT_ALLOWED, "Another room made this group.");
        }
        return regrouping.close(id, peer.person()) == Regrouping.Outcome.DONE
                ? Reply.DONE
                : Reply.notVisible("group");
    }

    private static Optional<Reply> unreadable(GroupMake message) {
        if (!Ids.isValid(message.group())) {
            return Optional.of(malformed("group", "Not an id."));
        }
        if (!PlainText.isValid(message.name(), MadeGroup.MAX_NAME_CHARS)) {
            return Optional.of(malformed("name", "A group has a name."));
        }
        @Nullable List<Place> area = message.area();
        if (area != null && !GeoArea.isValid(corners(area))) {
            return Optional.of(
                    malformed("area", "Three corners and more, and not round half the earth."));
        }
        @Nullable String incident = message.incident();
        return incident == null || Ids.isValid(incident)
                ? Optional.empty()
                : Optional.of(Reply.notVisible("incident"));
    }

    private Optional<Reply> unseen(Caller.Person person, GroupMake message)
            throws RecordUnavailable {
        @Nullable String incident = message.incident();
        for (var id : message.units()) {
            Optional<Unit> unit =
                    Ids.isValid(id) ? roster.organisation().unit(new UnitId(id)) : Optional.empty();
            boolean together =
                    unit.isPresent()
                            && incident != null
                            && meetings.haveBoth(person, unit.get(), new IncidentId(incident));
            boolean known =
                    unit.filter(one -> roster.visibility().mayRegroup(person.user(), one))
                            .isPresent();
            if (!known && !together) {
                return Optional.of(Reply.notVisible("unit"));
            }
            if (!unit.get().kind().hasEars()) {
                return Optional.of(malformed("units", "A camera hears nobody."));
            }
        }
        return Optional.empty();
    }

    private static MadeGroup.Wish wish(User user, GroupMake message) {
        Set<UnitId> units = new LinkedHashSet<>();
        message.units().forEach(unit -> units.add(new UnitId(unit)));
        @Nullable List<Place> area = message.area();
        @Nullable String incident = message.incident();
        return new MadeGroup.Wish(
                message.name(),
                user.id(),
                units,
                area == null ? null : new GeoArea(corners(area)),
                incident == null ? null : new IncidentId(incident));
    }

    private static List<GeoPoint> corners(List<Place> area) {
        return area.stream()
                .map(place -> new GeoPoint(place.latitude(), place.longitude()))
                .toList();
    }

    /// Who was named, and whoever of the units that may be put into a group was last seen there.
    private Set<UnitId> members(User user, MadeGroup.Wish wish) {
        var members = new LinkedHashSet<>(wish.units());
        @Nullable GeoArea area = wish.area();
        if (area != null) {
            roster.organisation().units().stream()
                    .filter(unit -> unit.kind().hasEars())
                    .filter(unit -> roster.visibility().mayRegroup(user, unit))
                    .map(Unit::id)
                    .filter(unit ->
                            positions
                                    .of(unit)
                                    .map(Position::point)
                                    .filter(area::contains)
                                    .isPresent())
                    .forEach(members::add);
        }
        return members;
    }

    private static Reply conflict() {
        return Reply.refuse(RefusalCode.ID_CONFLICT, "This id stands for something else.");
    }

    private static Reply malformed(String field, String detail) {
        return new Reply.Refused(Refusal.field(RefusalCode.MALFORMED, field, detail));
    }
}
