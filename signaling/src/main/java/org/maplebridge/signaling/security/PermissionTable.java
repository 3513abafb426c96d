package org.maplebridge.signaling.security;

import static org.maplebridge.dispatch.organisation.Permission.DISPATCH;
import static org.maplebridge.dispatch.organisation.Permission.FLOOR_OVERRIDE;
import static org.maplebridge.dispatch.organisation.Permission.LIVE_PULL;
import static org.maplebridge.dispatch.organisation.Permission.LIVE_SEND;
import static org.maplebridge.dispatch.organisation.Permission.ORDER_REPORT;
import static org.maplebridge.dispatch.organisation.Permission.TALK;
import static org.maplebridge.dispatch.organisation.Permission.WATCH;

import java.util.Optional;
import java.util.Set;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.signaling.protocol.ClientMessage;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRequest;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.LiveAsk;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage;
import org.maplebridge.signaling.protocol.ClientMessage.UnitMessage;
import org.maplebridge.signaling.protocol.ClientMessage.WatchMessage;

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
            case CallMessage _, GroupMessage _ -> Set.of(TALK);
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

    private static Set<Permission> forFloor(FloorMessage message) {
        return switch (message) {
            case FloorRequest request ->
                    Boolean.TRUE.equals(request.override())
                            ? Set.of(TALK, FLOOR_OVERRIDE)
                            : Set.of(TALK);
            case FloorMessage.FloorRelease _ -> Set.of(TALK);
        };
    }

    private static Set<Permission> forOrder(OrderMessage message) {
        return switch (message) {
            case OrderMessage.OrderPlace _ -> Set.of(DISPATCH);
            case OrderMessage.OrderReport _ -> Set.of(ORDER_REPORT);
        };
    }
}
