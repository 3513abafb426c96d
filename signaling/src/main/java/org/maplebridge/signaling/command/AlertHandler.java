package org.maplebridge.signaling.command;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.alert.Alert;
import org.maplebridge.dispatch.alert.Cry;
import org.maplebridge.dispatch.model.AlertId;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.TalkGroup;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.telemetry.Position;
import org.maplebridge.dispatch.telemetry.Positions;
import org.maplebridge.signaling.group.Groups;
import org.maplebridge.signaling.protocol.ClientMessage.AlertMessage;
import org.maplebridge.signaling.protocol.ClientMessage.AlertMessage.AlertCancel;
import org.maplebridge.signaling.protocol.ClientMessage.AlertMessage.AlertRaise;
import org.maplebridge.signaling.protocol.ClientMessage.PositionMessage.Place;
import org.maplebridge.signaling.protocol.Refusal;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Words;
import org.maplebridge.signaling.scene.alert.Alerts;
import org.maplebridge.signaling.security.Roster;

/// Calling for help, and ending that.
public final class AlertHandler {
    private final Alerts alerts;
    private final Positions positions;
    private final Groups groups;
    private final Roster roster;

    public AlertHandler(Alerts alerts, Positions positions, Groups groups, Roster roster) {
        this.alerts = alerts;
        this.positions = positions;
        this.groups = groups;
        this.roster = roster;
    }

    Reply handle(Peer peer, AlertMessage message) throws RecordUnavailable {
        return switch (message) {
            case AlertRaise raise -> raise(peer, raise);
            case AlertCancel cancel -> cancel(peer, cancel);
        };
    }

    private Reply raise(Peer peer, AlertRaise raise) throws RecordUnavailable {
        if (!Ids.isValid(raise.alert())) {
            return malformed("alert", "Not an id.");
        }
        Optional<Unit> unit = peer.unit().flatMap(roster.organisation()::unit);
        if (unit.isEmpty()) {
            return Reply.refuse(RefusalCode.NOT_ALLOWED, "This account is no unit.");
        }
        @Nullable String asked = raise.group();
        if (asked == null) {
            return raise(peer, raise, unit.get(), ownGroup(unit.get()).orElse(null));
        }
        Optional<TalkGroup> group = groups.seenBy(peer.person().user(), asked);
        if (group.isEmpty()) {
            return Reply.notVisible("group");
        }
        if (!group.get().members().contains(unit.get().id())) {
            return Reply.refuse(RefusalCode.NOT_A_MEMBER, "Not a member of this group.");
        }
        return raise(peer, raise, unit.get(), group.get().id());
    }

    private Reply raise(Peer peer, AlertRaise raise, Unit unit, @Nullable GroupId group)
            throws RecordUnavailable {
        var cry =
                new Cry(
                        new AlertId(raise.alert()),
                        unit.id(),
                        peer.person().user().id(),
                        Words.severity(raise.tier()),
                        group,
                        position(raise, unit.id()));
        return switch (alerts.raise(peer, cry)) {
            case RAISED, REPEATED -> Reply.DONE;
            case CONFLICT -> Reply.refuse(RefusalCode.ID_CONFLICT, "This id is another alert's.");
            case BUSY ->
                    Reply.refuse(RefusalCode.BUSY, "The unit has an open alert that is as grave.");
            case TOO_MILD -> malformed("tier", "An alert is orange or red.");
        };
    }

    /// Of several groups the one of the own town, not a paired one.
    private Optional<GroupId> ownGroup(Unit unit) {
        var organisation = roster.organisation();
        var towns =
                groups.of(unit.id()).stream()
                        .filter(group -> group.kind() == TalkGroup.Kind.TOWN)
                        .toList();
        return towns.stream()
                .filter(group -> organisation.isWithin(unit.node(), group.node()))
                .findFirst()
                .or(() -> towns.stream().findFirst())
                .map(TalkGroup::id);
    }

    private @Nullable GeoPoint position(AlertRaise raise, UnitId unit) {
        @Nullable Place place = raise.position();
        return place == null
                ? positions.of(unit).map(Position::point).orElse(null)
                : new GeoPoint(place.latitude(), place.longitude());
    }

    private Reply cancel(Peer peer, AlertCancel cancel) throws RecordUnavailable {
        Optional<Alert> alert =
                Ids.isValid(cancel.alert())
                        ? alerts.find(new AlertId(cancel.alert()))
                        : Optional.empty();
        if (alert.isEmpty() || !alerts.sees(peer, alert.get())) {
            return Reply.notVisible("alert");
        }
        return switch (alerts.end(peer, alert.get().id(), cancel.reason())) {
            case CANCELLED, CLOSED, OVER -> Reply.DONE;
            case REASON_MISSING ->
                    Reply.refuse(RefusalCode.REASON_REQUIRED, "Who ends another's alert says why.");
            case NOT_ALLOWED ->
                    Reply.refuse(
                            RefusalCode.NOT_ALLOWED,
                            "Ending another's alert needs the right alert.clear.");
            case ACTIVATED, UNCHANGED ->
                    Reply.refuse(RefusalCode.INTERNAL, "An end is no countdown.");
        };
    }

    private static Reply malformed(String field, String detail) {
        return new Reply.Refused(Refusal.field(RefusalCode.MALFORMED, field, detail));
    }
}
