package org.maplebridge.signaling.command;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.load.NodeLoad;
import org.maplebridge.signaling.protocol.ClientMessage.WatchMessage;
import org.maplebridge.signaling.protocol.ClientMessage.WatchMessage.WatchSize;
import org.maplebridge.signaling.protocol.ClientMessage.WatchMessage.WatchStart;
import org.maplebridge.signaling.protocol.ClientMessage.WatchMessage.WatchStop;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.scene.Legs;
import org.maplebridge.signaling.scene.LiveBoard;
import org.maplebridge.signaling.scene.LiveBoard.Watch;
import org.maplebridge.signaling.scene.MediaLeg;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.showing.LiveSight;
import org.maplebridge.signaling.security.Audit;

/// Filling tiles with units' pictures. Nobody looks without standing in the audit first.
public final class WatchHandler {
    private final LiveBoard lives;
    private final Legs legs;
    private final LiveSight sight;
    private final NodeLoad load;
    private final Audit audit;
    private final InstantSource clock;

    public WatchHandler(
            LiveBoard lives,
            Legs legs,
            LiveSight sight,
            NodeLoad load,
            Audit audit,
            InstantSource clock) {
        this.lives = lives;
        this.legs = legs;
        this.sight = sight;
        this.load = load;
        this.audit = audit;
        this.clock = clock;
    }

    Reply handle(Peer peer, WatchMessage message) throws RecordUnavailable {
        return switch (message) {
            case WatchStart start -> start(peer, start);
            case WatchStop stop -> stop(peer, stop);
            case WatchSize(int tile, int width) -> {
                legs.size(peer.session(), tile, width);
                yield Reply.DONE;
            }
        };
    }

    private Reply start(Peer peer, WatchStart start) throws RecordUnavailable {
        if (!Ids.isValid(start.unit())) {
            return Reply.notVisible("unit");
        }
        var unit = new UnitId(start.unit());
        Optional<LiveSight.Right> right = sight.of(peer.person().user(), unit);
        if (right.isEmpty()) {
            return Reply.notVisible("unit");
        }
        boolean guest = right.get().stream() != null;
        if (guest && lives.since(unit).filter(right.get()::covers).isEmpty()) {
            return Reply.refuse(RefusalCode.NOT_LIVE, "What was shown is over.");
        }
        Optional<MediaLeg> leg = legs.of(peer.session());
        if (leg.isEmpty()) {
            return Reply.refuse(RefusalCode.NO_MEDIA, "Open a peer connection first.");
        }
        if (!leg.get().tiles().containsKey(start.tile())) {
            return Reply.refuse(RefusalCode.NO_SLOT, "The offer had no sections for this tile.");
        }
        if (load.refusesPicture()) {
            return Reply.refuse(
                    RefusalCode.OVERLOADED, "The node is busy, and keeps voice going first.");
        }
        audit.begin(
                AuditEntry.Kind.WATCH_STARTED,
                peer.person().account(),
                unit.value(),
                Map.of("session", peer.session().value()));
        var watch =
                new Watch(
                        peer.session(),
                        peer.name(),
                        start.tile(),
                        unit,
                        clock.instant(),
                        right.get());
        lives.watch(watch).ifPresent(before -> ended(peer, before));
        return Reply.DONE;
    }

    private Reply stop(Peer peer, WatchStop stop) {
        lives.unwatch(peer.session(), stop.tile()).ifPresent(watch -> ended(peer, watch));
        return Reply.DONE;
    }

    void left(Peer peer) {
        lives.unwatchAll(peer.session()).forEach(watch -> ended(peer, watch));
    }

    private void ended(Peer peer, Watch watch) {
        audit.end(
                AuditEntry.Kind.WATCH_ENDED,
                peer.person().account(),
                watch.unit().value(),
                Map.of("session", peer.session().value(), "since", watch.since().toString()));
    }
}
