package org.maplebridge.signaling.security;

import static org.maplebridge.dispatch.organisation.Permission.AMBIENT;
import static org.maplebridge.dispatch.organisation.Permission.BROADCAST;
import static org.maplebridge.dispatch.organisation.Permission.CALL_FORCE;
import static org.maplebridge.dispatch.organisation.Permission.DISPATCH;
import static org.maplebridge.dispatch.organisation.Permission.FLOOR_OVERRIDE;
import static org.maplebridge.dispatch.organisation.Permission.LIVE_PULL;
import static org.maplebridge.dispatch.organisation.Permission.LIVE_SEND;
import static org.maplebridge.dispatch.organisation.Permission.ORDER_REPORT;
import static org.maplebridge.dispatch.organisation.Permission.REGROUP;
import static org.maplebridge.dispatch.organisation.Permission.TALK;
import static org.maplebridge.dispatch.organisation.Permission.WATCH;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.signaling.protocol.ClientMessage;
import org.maplebridge.signaling.protocol.ClientMessage.AlertMessage;
import org.maplebridge.signaling.protocol.ClientMessage.AmbientMessage;
import org.maplebridge.signaling.protocol.ClientMessage.BurstMessage;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallOpen;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRequest;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupAffiliate;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupLeave;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.LiveAsk;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage;
import org.maplebridge.signaling.protocol.ClientMessage.PositionMessage;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage;
import org.maplebridge.signaling.protocol.ClientMessage.UnitMessage;
import org.maplebridge.signaling.protocol.ClientMessage.WatchMessage;
import org.maplebridge.signaling.protocol.ExhibitMessage;
import org.maplebridge.signaling.protocol.ExpertMessage;
import org.maplebridge.signaling.protocol.MediationMessage;
import org.maplebridge.signaling.protocol.TelephoneMessage;

/// The whole table of what a message needs. Who or what it is about is decided by visibility,
/// behind this.
///
/// Pure.
public final class PermissionTable {
    private PermissionTable() {}

    /// @return the first right the caller lacks
    public static Optional<Permission> lacking(Caller.Person caller, ClientMessage message) {
        return neededFor(message).stream().filter(need -> !caller.may(need)).findFirst();
    }

    /// No default arm: a new family does not compile until it stands here.
    static Set<Permission> neededFor(ClientMessage message) {
        return switch (message) {
            case SessionMessage _, MediaMessage _ -> Set.of();
            case LiveMessage live -> forLive(live);
            case WatchMessage _ -> Set.of(WATCH);
            case CallMessage call -> forCall(call);
            case GroupMessage group -> forGroup(group);
            case AmbientMessage ambient -> forAmbient(ambient);
            case AlertMessage _, BurstMessage _ -> Set.of(TALK);
            case PositionMessage _,
                    MediationMessage _,
                    ExhibitMessage _,
                    ExpertMessage _,
                    TelephoneMessage _ ->
                    Set.of();
            case FloorMessage floor -> forFloor(floor);
            case OrderMessage order -> forOrder(order);
            case UnitMessage _ -> Set.of(ORDER_REPORT);
        };
    }

    private static Set<Permission> forLive(LiveMessage message) {
        return switch (message) {
            case LiveAsk ask -> ask.pull() ? Set.of(WATCH, LIVE_PULL) : Set.of(WATCH);
            case LiveMessage.LiveStart _,
                    LiveMessage.LiveUpdate _,
                    LiveMessage.LiveStop _,
                    LiveMessage.LiveDecline _ ->
                    Set.of(LIVE_SEND);
        };
    }

    private static Set<Permission> forCall(CallMessage message) {
        return switch (message) {
            case CallOpen open ->
                    open.answer() == CallMessage.Answering.FORCED
                            ? Set.of(TALK, CALL_FORCE)
                            : Set.of(TALK);
            case CallMessage.CallBroadcast _ -> Set.of(TALK, BROADCAST);
            case CallMessage.CallAnswer _,
                    CallMessage.CallDecline _,
                    CallMessage.CallClose _,
                    CallMessage.CallMode _,
                    CallMessage.CallTier _,
                    CallMessage.CallbackAsk _,
                    CallMessage.CallbackDone _ ->
                    Set.of(TALK);
        };
    }

    private static Set<Permission> forGroup(GroupMessage message) {
        return switch (message) {
            case GroupAffiliate affiliate -> forListening(affiliate.unit());
            case GroupLeave leave -> forListening(leave.unit());
            case GroupMessage.GroupMake _,
                    GroupMessage.GroupClose _,
                    GroupMessage.GroupPatch _,
                    GroupMessage.GroupUnpatch _ ->
                    Set.of(TALK, REGROUP);
        };
    }

    private static Set<Permission> forListening(@Nullable String otherUnit) {
        return otherUnit == null ? Set.of(TALK) : Set.of(TALK, REGROUP);
    }

    private static Set<Permission> forAmbient(AmbientMessage message) {
        return switch (message) {
            case AmbientMessage.AmbientStart start ->
                    start.picture() ? Set.of(AMBIENT, WATCH) : Set.of(AMBIENT);
            case AmbientMessage.AmbientStop _ -> Set.of(AMBIENT);
            case AmbientMessage.AmbientReport _ -> Set.of(TALK);
        };
    }

    private static Set<Permission> forFloor(FloorMessage message) {
        return switch (message) {
            case FloorRequest request -> forRequest(request);
            case FloorMessage.FloorRelease _ -> Set.of(TALK);
        };
    }

    private static Set<Permission> forRequest(FloorRequest request) {
        var needed = EnumSet.of(TALK);
        if (Boolean.TRUE.equals(request.override())) {
            needed.add(FLOOR_OVERRIDE);
        }
        if (request.order() != null) {
            needed.add(DISPATCH);
        }
        return Set.copyOf(needed);
    }

    private static Set<Permission> forOrder(OrderMessage message) {
        return switch (message) {
            case OrderMessage.OrderPlace _ -> Set.of(DISPATCH);
            case OrderMessage.OrderReport _ -> Set.of(ORDER_REPORT);
        };
    }
}
