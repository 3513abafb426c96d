package org.maplebridge.signaling.scene;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.protocol.ServerMessage.MediaNews.MediaLayers;
import org.maplebridge.signaling.protocol.ServerMessage.MediaNews.MediaPicture;
import org.maplebridge.signaling.protocol.ServerMessage.MediaNews.MediaState;
import org.maplebridge.signaling.protocol.ServerMessage.MediaNews.State;
import org.maplebridge.signaling.protocol.ServerMessage.MediaNews.VoiceSlot;

/// Keeps the relay's slots as the sessions want them: every change says what is wanted, and what
/// differs from the relay's present state is attached or detached.
///
/// Thread: any, guarded by this.
public final class Legs {
    private static final class Entry {
        final Wiring wiring = new Wiring();
        Map<String, SourceId> attached = Map.of();
        Map<String, CallId> told = Map.of();
    }

    private final MediaRelay relay;
    private final Peers peers;
    private final Map<SessionId, Entry> byOwner = new HashMap<>();
    private final Map<LegId, SessionId> owners = new HashMap<>();

    public Legs(MediaRelay relay, Peers peers) {
        this.relay = relay;
        this.peers = peers;
    }

    /// The relay has just opened this leg; an older one of the same owner is closed.
    public synchronized void opened(SessionId owner, MediaLeg leg) {
        forgetLeg(owner);
        owners.put(leg.id(), owner);
        change(owner, wiring -> wiring.leg(leg));
    }

    public synchronized void close(SessionId owner) {
        @Nullable Entry entry = byOwner.get(owner);
        if (entry != null) {
            forgetLeg(owner);
            change(owner, wiring -> wiring.leg(null));
        }
    }

    /// The owner is gone with everything it wanted.
    public synchronized void drop(SessionId owner) {
        forgetLeg(owner);
        byOwner.remove(owner);
    }

    public synchronized Optional<MediaLeg> of(SessionId owner) {
        @Nullable Entry entry = byOwner.get(owner);
        return entry == null ? Optional.empty() : Optional.ofNullable(entry.wiring.leg());
    }

    public synchronized Optional<SessionId> ownerOf(LegId leg) {
        return Optional.ofNullable(owners.get(leg));
    }

    public synchronized int open() {
        return owners.size();
    }

    public synchronized void connected(LegId leg) {
        Optional.ofNullable(owners.get(leg))
                .flatMap(peers::find)
                .ifPresent(peer -> peer.send(new MediaState(State.CONNECTED, null)));
    }

    /// Takes a session's peer connection away and says why; it may open another one.
    synchronized void cut(SessionId owner, String cause) {
        @Nullable Entry entry = byOwner.get(owner);
        if (entry != null && entry.wiring.leg() != null) {
            forgetLeg(owner);
            change(owner, wiring -> wiring.leg(null));
            peers.find(owner).ifPresent(peer -> peer.send(new MediaState(State.LOST, cause)));
        }
    }

    /// The relay has closed the leg by itself.
    public synchronized Optional<SessionId> lost(LegId leg, String cause) {
        @Nullable SessionId owner = owners.remove(leg);
        if (owner == null) {
            return Optional.empty();
        }
        @Nullable Entry entry = byOwner.get(owner);
        if (entry != null) {
            entry.attached = Map.of();
            change(owner, wiring -> wiring.leg(null));
        }
        peers.find(owner).ifPresent(peer -> peer.send(new MediaState(State.LOST, cause)));
        return Optional.of(owner);
    }

    synchronized void show(SessionId owner, int tile, SourceId picture, @Nullable SourceId sound) {
        change(owner, wiring -> wiring.show(tile, new Wiring.Showing(picture, sound)));
    }

    /// The tile has so many device pixels across; of no consequence where there is no such tile.
    public synchronized void size(SessionId owner, int tile, int width) {
        of(owner)
                .ifPresent(leg -> {
                    MediaLeg.@Nullable Tile sections = leg.tiles().get(tile);
                    if (sections != null && sections.picture() != null) {
                        relay.prefer(leg.id(), sections.picture(), width);
                    }
                });
    }

    /// Of what the owner of this leg sends, so much is watched.
    public synchronized void wanted(LegId leg, List<String> rids) {
        Optional.ofNullable(owners.get(leg))
                .flatMap(peers::find)
                .ifPresent(peer -> peer.send(new MediaLayers(rids)));
    }

    /// What the relay shows in a slot is another now.
    public synchronized void shown(RelayEvent.PictureShown shown) {
        @Nullable SessionId owner = owners.get(shown.leg());
        if (owner == null) {
            return;
        }
        of(owner)
                .ifPresent(leg ->
                        leg.tiles()
                                .forEach((tile, sections) -> {
                                    if (shown.mid().equals(sections.picture())) {
                                        var news =
                                                new MediaPicture(
                                                        tile,
                                                        shown.layer(),
                                                        shown.layers(),
                                                        shown.paused());
                                        peers.find(owner).ifPresent(peer -> peer.send(news));
                                    }
                                }));
    }

    synchronized void blank(SessionId owner, int tile) {
        change(owner, wiring -> wiring.blank(tile));
    }

    /// Whether one more call would be heard: a slot is free, or nothing is known of slots yet.
    public synchronized boolean hasRoom(SessionId owner) {
        @Nullable Entry entry = byOwner.get(owner);
        return entry == null || entry.wiring.hasRoom();
    }

    /// Whether this session hears the call, or would with a peer connection.
    public synchronized boolean hears(SessionId owner, CallId call) {
        @Nullable Entry entry = byOwner.get(owner);
        return entry != null && entry.wiring.hears(call);
    }

    /// @param from what the call is heard from
    /// @return false when all voice slots are taken
    public synchronized boolean hear(SessionId owner, CallId call, SourceId from) {
        var entry = byOwner.computeIfAbsent(owner, _ -> new Entry());
        boolean seated = entry.wiring.hear(call, from);
        apply(owner, entry);
        return seated;
    }

    /// As [#hear]; a call that came in by [#hear] gives up its slot when all are taken.
    public synchronized boolean hearAhead(SessionId owner, CallId call, SourceId from) {
        var entry = byOwner.computeIfAbsent(owner, _ -> new Entry());
        boolean seated = entry.wiring.hearAhead(call, from);
        apply(owner, entry);
        return seated;
    }

    /// Who hears this call hears it from somewhere else from now on.
    public synchronized void tune(Collection<SessionId> owners, CallId call, SourceId from) {
        for (var owner : owners) {
            if (byOwner.containsKey(owner)) {
                change(owner, wiring -> wiring.tune(call, from));
            }
        }
    }

    public synchronized void unhear(SessionId owner, CallId call) {
        change(owner, wiring -> wiring.unhear(call));
    }

    public synchronized void hush(SessionId owner, CallId call, boolean on) {
        if (byOwner.containsKey(owner)) {
            change(owner, wiring -> wiring.hush(call, on));
        }
    }

    private void change(SessionId owner, Consumer<Wiring> change) {
        var entry = byOwner.computeIfAbsent(owner, _ -> new Entry());
        change.accept(entry.wiring);
        apply(owner, entry);
        if (entry.wiring.isIdle()) {
            byOwner.remove(owner);
        }
    }

    private void apply(SessionId owner, Entry entry) {
        @Nullable MediaLeg leg = entry.wiring.leg();
        var wanted = entry.wiring.wanted();
        if (leg != null) {
            for (var mid : entry.attached.keySet()) {
                if (!wanted.containsKey(mid)) {
                    relay.detach(leg.id(), mid);
                }
            }
            for (var slot : wanted.entrySet()) {
                if (!slot.getValue().equals(entry.attached.get(slot.getKey()))) {
                    relay.attach(leg.id(), slot.getKey(), slot.getValue());
                }
            }
        }
        entry.attached = Map.copyOf(wanted);
        tellVoices(owner, entry);
    }

    private void tellVoices(SessionId owner, Entry entry) {
        var voices = entry.wiring.voices();
        var before = entry.told;
        entry.told = voices;
        if (voices.equals(before)) {
            return;
        }
        peers.find(owner)
                .ifPresent(peer -> {
                    before.keySet().stream()
                            .filter(mid -> !voices.containsKey(mid))
                            .forEach(mid -> peer.send(new VoiceSlot(mid, null)));
                    voices.forEach((mid, call) -> {
                        if (!call.equals(before.get(mid))) {
                            peer.send(new VoiceSlot(mid, call.value()));
                        }
                    });
                });
    }

    private void forgetLeg(SessionId owner) {
        @Nullable Entry entry = byOwner.get(owner);
        if (entry == null) {
            return;
        }
        @Nullable MediaLeg leg = entry.wiring.leg();
        entry.attached = Map.of();
        entry.told = Map.of();
        if (leg != null) {
            owners.remove(leg.id());
            relay.close(leg.id());
        }
    }
}
