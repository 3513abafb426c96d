package org.maplebridge.signaling.command;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.Hello;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.MediaReport;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.Ping;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.StatsReport;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.scene.Chronicle;
import org.maplebridge.signaling.scene.Legs;
import org.maplebridge.signaling.scene.LiveAsks;
import org.maplebridge.signaling.scene.LiveBoard;
import org.maplebridge.signaling.scene.Microphones;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.scene.Presence;
import org.maplebridge.signaling.scene.ambient.AmbientBoard;
import org.maplebridge.signaling.scene.call.Calls;
import org.maplebridge.signaling.scene.position.PositionBoard;

/// A session's coming and going: the one place that knows everything that has to be put up for it
/// and taken down again.
public final class SessionHandler {
    private final Peers peers;
    private final Presence presence;
    private final Legs legs;
    private final Microphones microphones;
    private final LiveBoard lives;
    private final LiveAsks asks;
    private final Calls calls;
    private final AmbientBoard ambient;
    private final PositionBoard positions;
    private final GroupHandler groups;
    private final WatchHandler watches;
    private final Snapshots snapshots;
    private final Chronicle chronicle;
    private final InstantSource clock;

    public SessionHandler(
            Peers peers,
            Presence presence,
            Legs legs,
            Microphones microphones,
            LiveBoard lives,
            LiveAsks asks,
            Calls calls,
            AmbientBoard ambient,
            PositionBoard positions,
            GroupHandler groups,
            WatchHandler watches,
            Snapshots snapshots,
            Chronicle chronicle,
            InstantSource clock) {
        this.peers = peers;
        this.presence = presence;
        this.legs = legs;
        this.microphones = microphones;
        this.lives = lives;
        this.asks = asks;
        this.calls = calls;
        this.ambient = ambient;
        this.positions = positions;
        this.groups = groups;
        this.watches = watches;
        this.snapshots = snapshots;
        this.chronicle = chronicle;
        this.clock = clock;
    }

    /// Visible first, then the snapshot: what changes between is held back and follows it.
    void joined(Peer peer) {
        peers.add(peer);
        presence.join(peer);
        groups.joined(peer);
        calls.joined(peer);
        asks.joined(peer);
        peer.open(snapshots.of(peer));
    }

    void left(Peer peer) {
        peers.leaves(peer);
        calls.left(peer);
        ambient.left(peer);
        groups.left(peer);
        watches.left(peer);
        peer.unit().ifPresent(unit -> lives.stop(unit, peer.session(), "offline"));
        legs.drop(peer.session());
        microphones.left(peer.session());
        presence.leave(peer);
        positions.left(peer.session());
        peers.remove(peer);
    }

    Reply handle(Peer peer, SessionMessage message) {
        return switch (message) {
            case StatsReport(var report) -> {
                note(peer, report);
                yield Reply.DONE;
            }
            case Ping _ -> Reply.DONE;
            case Hello _ -> Reply.refuse(RefusalCode.MALFORMED, "hello was said before.");
        };
    }

    private void note(Peer peer, MediaReport report) {
        var detail = new HashMap<String, String>();
        put(detail, "rttMs", report.rttMs());
        put(detail, "lossPercent", report.lossPercent());
        put(detail, "kbpsUp", report.kbpsUp());
        put(detail, "kbpsDown", report.kbpsDown());
        put(detail, "freezes", report.freezes());
        chronicle.note(
                new Happening(
                        clock.instant(),
                        JournalKind.QUALITY_REPORTED,
                        peer.person().user().id(),
                        peer.person().user().seat(),
                        peer.unit().map(Subject::of).map(List::of).orElse(List.of()),
                        detail));
    }

    private static void put(Map<String, String> detail, String key, @Nullable Object value) {
        if (value != null) {
            detail.put(key, value.toString());
        }
    }
}
