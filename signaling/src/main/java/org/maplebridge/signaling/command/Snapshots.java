package org.maplebridge.signaling.command;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.order.Order;
import org.maplebridge.dispatch.organisation.OrgNode;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.dispatch.store.OrderStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.burst.MissedBursts;
import org.maplebridge.signaling.command.incident.ShowingDesk;
import org.maplebridge.signaling.group.GroupView;
import org.maplebridge.signaling.group.Groups;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.Snapshot;
import org.maplebridge.signaling.protocol.ServerMessage.WatchNews.TileState;
import org.maplebridge.signaling.scene.LiveBoard;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Presence;
import org.maplebridge.signaling.scene.Words;
import org.maplebridge.signaling.scene.alert.Alerts;
import org.maplebridge.signaling.scene.call.Callbacks;
import org.maplebridge.signaling.scene.call.Calls;
import org.maplebridge.signaling.scene.position.PositionBoard;
import org.maplebridge.signaling.security.Roster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything one session may see, at once.
public final class Snapshots {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

    /// A console shows the running day; what is older is read over REST.
    private static final Duration ORDERS_SINCE = Duration.ofHours(24);

    private static final int ORDERS_LOOKED_AT = 500;

    private final Roster roster;
    private final Presence presence;
    private final LiveBoard lives;
    private final ShowingDesk showings;
    private final Calls calls;
    private final Groups groups;
    private final GroupView groupView;
    private final Callbacks callbacks;
    private final Alerts alerts;
    private final PositionBoard positions;
    private final OrderStore orders;
    private final MissedBursts missed;
    private final InstantSource clock;

    public Snapshots(
            Roster roster,
            Presence presence,
            LiveBoard lives,
            ShowingDesk showings,
            Calls calls,
            Groups groups,
            GroupView groupView,
            Callbacks callbacks,
            Alerts alerts,
            PositionBoard positions,
            OrderStore orders,
            MissedBursts missed,
            InstantSource clock) {
        this.roster = roster;
        this.presence = presence;
        this.lives = lives;
        this.showings = showings;
        this.calls = calls;
        this.callbacks = callbacks;
        this.alerts = alerts;
        this.positions = positions;
        this.groups = groups;
        this.groupView = groupView;
        this.orders = orders;
        this.missed = missed;
        this.clock = clock;
    }

    Snapshot of(Peer peer) {
        var organisation = roster.organisation();
        var visibility = roster.visibility();
        var user = peer.person().user();
        var locale = peer.locale();
        return new Snapshot(
                organisation.nodes().stream()
                        .filter(node -> isShown(user.node(), node.id()))
                        .map(node -> shown(node, locale))
                        .toList(),
                organisation.units().stream()
                        .filter(unit -> visibility.seesUnit(user, unit, Aspect.UNITS))
                        .map(unit -> presence.shown(unit, locale))
                        .toList(),
                groups.seenBy(user).stream().map(group -> groupView.of(peer, group)).toList(),
                ordersFor(peer).stream()
                        .map(order -> OrderView.of(order, organisation, locale))
                        .toList(),
                lives.shown(unit -> visibility.seesUnit(user, unit, Aspect.LIVE)),
                showings.shownTo(peer),
                lives.watchesBy(peer.session()).stream().map(this::shown).toList(),
                calls.shownTo(peer),
                callbacksFor(peer),
                alerts.shownTo(peer),
                positions.shownTo(peer),
                missed.shownTo(peer));
    }

    private List<CallNews.Callback> callbacksFor(Peer peer) {
        try {
            return callbacks.shownTo(peer);
        } catch (RecordUnavailable e) {
            LOG.warn("{} gets a snapshot without callbacks", peer.session(), e);
            return List.of();
        }
    }

    /// The own tree, the partners' and the way up.
    private boolean isShown(NodeId viewer, NodeId node) {
        return roster.visibility().sees(viewer, node, Aspect.UNITS)
                || roster.organisation().isWithin(viewer, node);
    }

    private static SessionNews.Node shown(OrgNode node, String locale) {
        @Nullable NodeId parent = node.parent();
        return new SessionNews.Node(
                node.id().value(),
                node.name().in(locale),
                Words.of(node.kind()),
                parent == null ? null : parent.value());
    }

    private SessionNews.Watching shown(LiveBoard.Watch watch) {
        return new SessionNews.Watching(
                watch.tile(),
                watch.unit().value(),
                lives.isLive(watch.unit()) ? TileState.LIVE : TileState.WAITING);
    }

    /// The day's orders that concern this user, and everything their unit still has to do.
    private List<Order> ordersFor(Peer peer) {
        Map<OrderId, Order> found = new LinkedHashMap<>();
        var user = peer.person().user();
        try {
            for (var order :
                    orders.placedSince(clock.instant().minus(ORDERS_SINCE), ORDERS_LOOKED_AT)) {
                if (roster.visibility()
                        .seesOrder(user, order.placedBy().node(), order.assignees())) {
                    found.put(order.id(), order);
                }
            }
            if (peer.unit().isPresent()) {
                orders.openFor(peer.unit().get()).forEach(o -> found.putIfAbsent(o.id(), o));
            }
        } catch (RecordUnavailable e) {
            LOG.warn("{} gets a snapshot without orders", peer.session(), e);
        }
        return List.copyOf(found.values());
    }
}
