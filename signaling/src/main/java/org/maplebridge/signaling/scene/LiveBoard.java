package org.maplebridge.signaling.scene;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.Camera;
import org.maplebridge.signaling.protocol.ServerMessage.LiveNews.LiveChanged;
import org.maplebridge.signaling.protocol.ServerMessage.LiveNews.UnitLive;
import org.maplebridge.signaling.protocol.ServerMessage.LiveNews.Watcher;
import org.maplebridge.signaling.protocol.ServerMessage.WatchNews.TileState;
import org.maplebridge.signaling.protocol.ServerMessage.WatchNews.WatchChanged;
import org.maplebridge.signaling.scene.LiveAway.Away;
import org.maplebridge.signaling.scene.showing.LiveSight;

/// Who is live and who watches whom. A tile stays with its unit until it is told otherwise: it
/// waits while the unit streams nothing and fills again by itself. Units that are live on other
/// nodes are brought here while somebody here looks.
///
/// Thread: any, guarded by this; calls [Legs] and [Peer#send] while it holds its lock, so that
/// everybody hears changes in the order in which they happened.
public final class LiveBoard implements Elsewhere.Watcher {
    /// @param name of who watches, as the terminal shows it
    /// @param right to which of the unit's streams
    public record Watch(
            SessionId by,
            String name,
            int tile,
            UnitId unit,
            Instant since,
            LiveSight.Right right) {}

    /// Hears what changed here, for the other nodes. Called under our lock: must return at once.
    public interface Announcer {
        /// @param live absent when it is over
        default void changed(UnitId unit, @Nullable Live live, SessionId publisher) {}

        default void watched(UnitId unit, List<Watcher> watchers) {}
    }

    private final Legs legs;
    private final Microphones microphones;
    private final Peers peers;
    private final Chronicle chronicle;
    private final InstantSource clock;
    private final Map<UnitId, Live> lives = new HashMap<>();
    private final LiveTiles tiles = new LiveTiles();
    private final LiveAway away;
    private Announcer announcer = new Announcer() {};
    private Consumer<UnitId> over = _ -> {};

    public LiveBoard(
            Legs legs,
            Elsewhere elsewhere,
            Microphones microphones,
            Peers peers,
            Chronicle chronicle,
            InstantSource clock) {
        this.legs = legs;
        away = new LiveAway(elsewhere);
        this.microphones = microphones;
        this.peers = peers;
        this.chronicle = chronicle;
        this.clock = clock;
    }

    public synchronized void announceTo(Announcer listener) {
        announcer = listener;
    }

    /// @param listener hears, under our lock, of units whose stream is over or another one
    public synchronized void tellOfEnds(Consumer<UnitId> listener) {
        over = listener;
    }

    /// When the stream that runs now began.
    public synchronized Optional<Instant> since(UnitId unit) {
        return live(unit).map(Live::since);
    }

    /// Here or elsewhere.
    private Optional<Live> live(UnitId unit) {
        return Optional.ofNullable(lives.get(unit)).or(() -> away.of(unit).map(Away::live));
    }

    /// @return false when somebody else publishes this unit already
    public synchronized boolean start(Live live) {
        @Nullable Live before = lives.get(live.unit());
        if (before != null && !before.publisher().equals(live.publisher())) {
            return false;
        }
        lives.put(live.unit(), live);
        away.drop(live.unit()); // its terminal came here
        permitSound(live);
        tiles.on(live.unit()).forEach(this::fill);
        announcer.changed(live.unit(), live, live.publisher());
        tell(live.unit());
        over.accept(live.unit()); // what ran before, if anything
        note(JournalKind.LIVE_STARTED, live, Map.of("camera", live.camera().name()));
        return true;
    }

    /// @return nothing when this session publishes nothing
    public synchronized Optional<Live> update(
            UnitId unit, SessionId publisher, Camera camera, boolean muted) {
        return published(unit, publisher)
                .map(live -> {
                    var next = live.with(camera, muted);
                    lives.put(unit, next);
                    permitSound(next);
                    tiles.on(unit).stream()
                            .filter(watch -> watch.right().covers(next.since()))
                            .forEach(watch -> show(watch, next));
                    announcer.changed(unit, next, publisher);
                    tell(unit);
                    return next;
                });
    }

    public synchronized Optional<Live> stop(UnitId unit, SessionId publisher, String reason) {
        Optional<Live> live = published(unit, publisher);
        if (live.isPresent()) {
            lives.remove(unit);
            microphones.forbid(publisher, Microphones.Reason.LIVE, unit.value());
            tiles.on(unit).forEach(watch -> end(watch, reason));
            announcer.changed(unit, null, publisher);
            tell(unit);
            over.accept(unit);
            note(JournalKind.LIVE_ENDED, live.get(), Map.of("reason", reason));
        }
        return live;
    }

    private void permitSound(Live live) {
        var unit = live.unit().value();
        if (live.muted()) {
            microphones.forbid(live.publisher(), Microphones.Reason.LIVE, unit);
        } else {
            microphones.permit(live.publisher(), Microphones.Reason.LIVE, unit);
        }
    }

    public synchronized Optional<Live> of(UnitId unit) {
        return Optional.ofNullable(lives.get(unit));
    }

    /// @return what this tile showed before
    public synchronized Optional<Watch> watch(Watch watch) {
        Optional<Watch> before = tiles.put(watch);
        fill(watch);
        before.map(Watch::unit).filter(unit -> !unit.equals(watch.unit())).ifPresent(this::leave);
        watchersChanged(watch.unit());
        return before;
    }

    public synchronized Optional<Watch> unwatch(SessionId by, int tile) {
        Optional<Watch> ended = tiles.remove(by, tile);
        ended.ifPresent(watch -> {
            legs.blank(by, tile);
            tell(watch, TileState.STOPPED, null);
            leave(watch.unit());
        });
        return ended;
    }

    /// The watcher is gone.
    public synchronized List<Watch> unwatchAll(SessionId by) {
        var ended = tiles.removeAll(by);
        ended.stream().map(Watch::unit).distinct().forEach(this::leave);
        return ended;
    }

    public synchronized Collection<Watch> watchesBy(SessionId by) {
        return tiles.of(by);
    }

    /// Whether anybody looks at it, here or elsewhere.
    public synchronized boolean isWatched(UnitId unit) {
        return tiles.watched(unit);
    }

    public synchronized boolean isLive(UnitId unit) {
        return live(unit).isPresent();
    }

    public synchronized List<UnitLive> shown(Predicate<UnitId> visible) {
        return Stream.concat(lives.values().stream(), away.all().stream().map(Away::live))
                .filter(live -> visible.test(live.unit()))
                .map(live ->
                        new UnitLive(
                                live.unit().value(), live.shown(), tiles.watchers(live.unit())))
                .toList();
    }

    /// A unit is live on another node, or what it shows there changed.
    public synchronized void liveElsewhere(Live live, MemberId node) {
        if (lives.containsKey(live.unit())) {
            return; // the terminal is here by now, and the other node will find out
        }
        away.put(live, node);
        tiles.on(live.unit()).forEach(this::fill);
        tell(live.unit());
        over.accept(live.unit()); // what ran before, if anything
    }

    /// A unit is not live on that node any more.
    public synchronized void endedElsewhere(UnitId unit, MemberId node, String reason) {
        if (away.of(unit).filter(there -> there.node().equals(node)).isPresent()) {
            away.drop(unit);
            tiles.on(unit).forEach(watch -> end(watch, reason));
            tell(unit);
            over.accept(unit);
        }
    }

    /// Nothing comes from that node any more.
    public synchronized void lost(MemberId node) {
        away.at(node).forEach(there -> endedElsewhere(there.unit(), node, "node-lost"));
        tiles.watchedElsewhere().forEach(unit -> watchedElsewhere(unit, node, List.of()));
    }

    @Override
    public synchronized void rerouted(MemberId node) {
        for (var there : away.at(node)) {
            var looks = tiles.on(there.unit());
            if (!looks.isEmpty()) {
                away.again(there, () -> looks.forEach(this::fill));
            }
        }
    }

    @Override
    public synchronized void refused(MemberId node, SourceId source, String reason) {
        for (var there : away.refuse(node, source, reason)) {
            tiles.on(there.unit()).forEach(this::fill);
        }
    }

    /// Who looks at a unit on another node.
    public synchronized void watchedElsewhere(UnitId unit, MemberId node, List<Watcher> watchers) {
        if (tiles.elsewhere(unit, node, watchers)) {
            tell(unit);
        }
    }

    /// What is live here, for a node that asks.
    public synchronized List<Live> here() {
        return List.copyOf(lives.values());
    }

    /// Somebody looks no more: a picture of another node is brought here for others only.
    private void leave(UnitId unit) {
        if (tiles.on(unit).isEmpty()) {
            away.rest(unit);
        }
        watchersChanged(unit);
    }

    private void watchersChanged(UnitId unit) {
        announcer.watched(unit, tiles.watchersHere(unit));
        tell(unit);
    }

    private void end(Watch watch, String reason) {
        legs.blank(watch.by(), watch.tile());
        tell(watch, TileState.ENDED, reason);
    }

    private Optional<Live> published(UnitId unit, SessionId publisher) {
        return Optional.ofNullable(lives.get(unit))
                .filter(live -> live.publisher().equals(publisher));
    }

    private void fill(Watch watch) {
        Optional<Live> live = live(watch.unit());
        if (live.isEmpty()) {
            legs.blank(watch.by(), watch.tile());
            tell(watch, TileState.WAITING, null);
        } else if (!watch.right().covers(live.get().since())) {
            end(watch, "other-stream");
        } else if (lives.containsKey(watch.unit())) {
            show(watch, live.get());
            tell(watch, TileState.LIVE, null);
        } else {
            away.of(watch.unit()).map(away::bring).ifPresent(brought -> show(watch, brought));
        }
    }

    private void show(Watch watch, Away there) {
        @Nullable SourceId picture = there.picture();
        if (picture == null || there.refused() != null) {
            legs.blank(watch.by(), watch.tile()); // or the link carries no more
        } else {
            legs.show(
                    watch.by(), watch.tile(), picture, there.live().muted() ? null : there.sound());
        }
        var state = there.refused() == null ? TileState.LIVE : TileState.WAITING;
        tell(watch, state, there.refused());
    }

    private void show(Watch watch, Live live) {
        legs.show(
                watch.by(),
                watch.tile(),
                Sources.camera(live.unit()),
                live.muted() ? null : Sources.microphone(live.unit()));
    }

    private void tell(Watch watch, TileState state, @Nullable String reason) {
        peers.find(watch.by())
                .ifPresent(peer ->
                        peer.send(
                                new WatchChanged(
                                        watch.tile(), watch.unit().value(), state, reason)));
    }

    private void tell(UnitId unit) {
        var shown = live(unit).map(Live::shown).orElse(null);
        var message = new LiveChanged(unit.value(), shown, tiles.watchers(unit));
        peers.tellWhoSees(unit, Aspect.LIVE, _ -> message);
    }

    private void note(JournalKind kind, Live live, Map<String, String> detail) {
        chronicle.note(
                new Happening(
                        clock.instant(),
                        kind,
                        live.by(),
                        null,
                        List.of(Subject.of(live.unit())),
                        detail));
    }
}
