package org.maplebridge.signaling.scene;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.Camera;
import org.maplebridge.signaling.protocol.ServerMessage.LiveNews.LiveChanged;
import org.maplebridge.signaling.protocol.ServerMessage.LiveNews.UnitLive;
import org.maplebridge.signaling.protocol.ServerMessage.LiveNews.Watcher;
import org.maplebridge.signaling.protocol.ServerMessage.WatchNews.TileState;
import org.maplebridge.signaling.protocol.ServerMessage.WatchNews.WatchChanged;

/// Who is live and who watches whom. A tile stays with its unit until it is told otherwise: it
/// waits while the unit streams nothing and fills again by itself.
///
/// Thread: any, guarded by this; calls [Legs] and [Peer#send] while it holds its lock, so that
/// everybody hears changes in the order in which they happened.
public final class LiveBoard {
    /// @param name of who watches, as the terminal shows it
    public record Watch(SessionId by, String name, int tile, UnitId unit, Instant since) {}

    private final Legs legs;
    private final Microphones microphones;
    private final Peers peers;
    private final Chronicle chronicle;
    private final InstantSource clock;
    private final Map<UnitId, Live> lives = new HashMap<>();
    private final Map<SessionId, Map<Integer, Watch>> watches = new HashMap<>();

    public LiveBoard(
            Legs legs,
            Microphones microphones,
            Peers peers,
            Chronicle chronicle,
            InstantSource clock) {
        this.legs = legs;
        this.microphones = microphones;
        this.peers = peers;
        this.chronicle = chronicle;
        this.clock = clock;
    }

    /// @return false when somebody else publishes this unit already
    public synchronized boolean start(Live live) {
        @Nullable Live before = lives.get(live.unit());
        if (before != null && !before.publisher().equals(live.publisher())) {
            return false;
        }
        lives.put(live.unit(), live);
        permitSound(live);
        fillTilesOf(live);
        tell(live.unit());
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
                    watchesOf(unit).forEach(watch -> show(watch, next));
                    tell(unit);
                    return next;
                });
    }

    public synchronized Optional<Live> stop(UnitId unit, SessionId publisher, String reason) {
        Optional<Live> live = published(unit, publisher);
        if (live.isPresent()) {
            lives.remove(unit);
            microphones.forbid(publisher, Microphones.Reason.LIVE, unit.value());
            for (var watch : watchesOf(unit)) {
                legs.blank(watch.by(), watch.tile());
                tell(watch, TileState.ENDED, reason);
            }
            tell(unit);
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
        var tiles = watches.computeIfAbsent(watch.by(), _ -> new TreeMap<>());
        @Nullable Watch before = tiles.put(watch.tile(), watch);
        @Nullable Live live = lives.get(watch.unit());
        if (live == null) {
            legs.blank(watch.by(), watch.tile());
            tell(watch, TileState.WAITING, null);
        } else {
            fill(watch, live);
        }
        if (before != null && !before.unit().equals(watch.unit())) {
            tell(before.unit());
        }
        tell(watch.unit());
        return Optional.ofNullable(before);
    }

    public synchronized Optional<Watch> unwatch(SessionId by, int tile) {
        @Nullable Map<Integer, Watch> tiles = watches.get(by);
        @Nullable Watch watch = tiles == null ? null : tiles.remove(tile);
        if (watch == null) {
            return Optional.empty();
        }
        legs.blank(by, tile);
        tell(watch, TileState.STOPPED, null);
        tell(watch.unit());
        return Optional.of(watch);
    }

    /// The watcher is gone.
    public synchronized List<Watch> unwatchAll(SessionId by) {
        @Nullable Map<Integer, Watch> tiles = watches.remove(by);
        if (tiles == null) {
            return List.of();
        }
        var ended = List.copyOf(tiles.values());
        ended.stream().map(Watch::unit).distinct().forEach(this::tell);
        return ended;
    }

    public synchronized Collection<Watch> watchesBy(SessionId by) {
        return List.copyOf(watches.getOrDefault(by, Map.of()).values());
    }

    public synchronized boolean isLive(UnitId unit) {
        return lives.containsKey(unit);
    }

    public synchronized List<UnitLive> shown(Predicate<UnitId> visible) {
        return lives.values().stream()
                .filter(live -> visible.test(live.unit()))
                .map(live -> new UnitLive(live.unit().value(), live.shown(), watchers(live.unit())))
                .toList();
    }

    private Optional<Live> published(UnitId unit, SessionId publisher) {
        return Optional.ofNullable(lives.get(unit))
                .filter(live -> live.publisher().equals(publisher));
    }

    private void fillTilesOf(Live live) {
        watchesOf(live.unit()).forEach(watch -> fill(watch, live));
    }

    private void fill(Watch watch, Live live) {
        show(watch, live);
        tell(watch, TileState.LIVE, null);
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
        @Nullable Live live = lives.get(unit);
        var message =
                new LiveChanged(unit.value(), live == null ? null : live.shown(), watchers(unit));
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

    private List<Watcher> watchers(UnitId unit) {
        return watchesOf(unit).stream()
                .map(watch -> new Watcher(watch.name(), watch.since()))
                .toList();
    }

    private List<Watch> watchesOf(UnitId unit) {
        var found = new ArrayList<Watch>();
        for (var tiles : watches.values()) {
            tiles.values().stream().filter(watch -> watch.unit().equals(unit)).forEach(found::add);
        }
        return found;
    }
}
