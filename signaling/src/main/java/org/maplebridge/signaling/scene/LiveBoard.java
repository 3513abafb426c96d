package org.maplebridge.signaling.scene;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
import org.maplebridge.signaling.scene.showing.LiveSight;

/// Who is live and who watches whom. A tile stays with its unit until it is told otherwise: it
/// waits while the unit streams nothing and fills again by itself. Units that are live on other
/// nodes are brought here while somebody here looks.
///
/// Thread: any, guarded by this; calls [Legs] and [Peer#send] while it holds its lock, so that
/// everybody hears changes in the order in which they happened.
public final class LiveBoard implements Elsewhere.Watcher {
    private static final Comparator<MemberId> BY_NAME = Comparator.comparing(MemberId::value);

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

    /// A unit that is live on another node.
    ///
    /// @param picture,sound how they are called here while somebody looks
    /// @param refused why they do not come
    private record Away(
            Live live,
            MemberId node,
            @Nullable SourceId picture,
            @Nullable SourceId sound,
            @Nullable String refused) {
        static Away unseen(Live live, MemberId node) {
            return new Away(live, node, null, null, null);
        }

        boolean is(MemberId other, SourceId source) {
            return node.equals(other)
                    && (source.equals(Sources.camera(live.unit()))
                            || source.equals(Sources.microphone(live.unit())));
        }
    }

    private final Legs legs;
    private final Elsewhere elsewhere;
    private final Microphones microphones;
    private final Peers peers;
    private final Chronicle chronicle;
    private final InstantSource clock;
    private final Map<UnitId, Live> lives = new HashMap<>();
    private final Map<UnitId, Away> away = new HashMap<>();
    private final Map<SessionId, Map<Integer, Watch>> watches = new HashMap<>();
    private final Map<UnitId, Map<MemberId, List<Watcher>>> watchersAway = new HashMap<>();
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
        this.elsewhere = elsewhere;
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
        @Nullable Away there = away.get(unit);
        return Optional.ofNullable(lives.get(unit))
                .or(() -> Optional.ofNullable(there).map(Away::live))
                .map(Live::since);
    }

    /// @return false when somebody else publishes this unit already
    public synchronized boolean start(Live live) {
        @Nullable Live before = lives.get(live.unit());
        if (before != null && !before.publisher().equals(live.publisher())) {
            return false;
        }
        lives.put(live.unit(), live);
        dropAway(live.unit()); // its terminal came here
        permitSound(live);
        watchesOf(live.unit()).forEach(this::fill);
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
                    watchesOf(unit).stream()
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
            watchesOf(unit).forEach(watch -> end(watch, reason));
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
        var tiles = watches.computeIfAbsent(watch.by(), _ -> new TreeMap<>());
        @Nullable Watch before = tiles.put(watch.tile(), watch);
        fill(watch);
        if (before != null && !before.unit().equals(watch.unit())) {
            leave(before.unit());
        }
        watchersChanged(watch.unit());
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
        leave(watch.unit());
        return Optional.of(watch);
    }

    /// The watcher is gone.
    public synchronized List<Watch> unwatchAll(SessionId by) {
        @Nullable Map<Integer, Watch> tiles = watches.remove(by);
        if (tiles == null) {
            return List.of();
        }
        var ended = List.copyOf(tiles.values());
        ended.stream().map(Watch::unit).distinct().forEach(this::leave);
        return ended;
    }

    public synchronized Collection<Watch> watchesBy(SessionId by) {
        return List.copyOf(watches.getOrDefault(by, Map.of()).values());
    }

    /// Whether anybody looks at it, here or elsewhere.
    public synchronized boolean isWatched(UnitId unit) {
        return watchersAway.containsKey(unit) || !watchesOf(unit).isEmpty();
    }

    public synchronized boolean isLive(UnitId unit) {
        return lives.containsKey(unit) || away.containsKey(unit);
    }

    public synchronized List<UnitLive> shown(Predicate<UnitId> visible) {
        return Stream.concat(lives.values().stream(), away.values().stream().map(Away::live))
                .filter(live -> visible.test(live.unit()))
                .map(live -> new UnitLive(live.unit().value(), live.shown(), watchers(live.unit())))
                .toList();
    }

    /// A unit is live on another node, or what it shows there changed.
    public synchronized void liveElsewhere(Live live, MemberId node) {
        if (lives.containsKey(live.unit())) {
            return; // the terminal is here by now, and the other node will find out
        }
        @Nullable Away before = away.get(live.unit());
        boolean same = before != null && before.node().equals(node);
        if (!same) {
            dropAway(live.unit());
        }
        away.put(
                live.unit(),
                before != null && same
                        ? new Away(live, node, before.picture(), before.sound(), before.refused())
                        : Away.unseen(live, node));
        watchesOf(live.unit()).forEach(this::fill);
        tell(live.unit());
        over.accept(live.unit()); // what ran before, if anything
    }

    /// A unit is not live on that node any more.
    public synchronized void endedElsewhere(UnitId unit, MemberId node, String reason) {
        @Nullable Away there = away.get(unit);
        if (there != null && there.node().equals(node)) {
            dropAway(unit);
            watchesOf(unit).forEach(watch -> end(watch, reason));
            tell(unit);
            over.accept(unit);
        }
    }

    /// Nothing comes from that node any more.
    public synchronized void lost(MemberId node) {
        List.copyOf(away.values()).stream()
                .filter(there -> there.node().equals(node))
                .forEach(there -> endedElsewhere(there.live().unit(), node, "node-lost"));
        List.copyOf(watchersAway.keySet()).forEach(unit -> watchedElsewhere(unit, node, List.of()));
    }

    @Override
    public synchronized void rerouted(MemberId node) {
        for (var there : List.copyOf(away.values())) {
            var unit = there.live().unit();
            if (there.node().equals(node) && !watchesOf(unit).isEmpty()) {
                away.put(unit, Away.unseen(there.live(), node));
                watchesOf(unit).forEach(this::fill);
                letGo(there); // wanted again by now, so it went on meanwhile
            }
        }
    }

    @Override
    public synchronized void refused(MemberId node, SourceId source, String reason) {
        for (var there : List.copyOf(away.values())) {
            if (there.is(node, source) && !reason.equals(there.refused())) {
                var unit = there.live().unit();
                away.put(
                        unit, new Away(there.live(), node, there.picture(), there.sound(), reason));
                watchesOf(unit).forEach(this::fill);
            }
        }
    }

    /// Who looks at a unit on another node.
    public synchronized void watchedElsewhere(UnitId unit, MemberId node, List<Watcher> watchers) {
        var nodes = watchersAway.computeIfAbsent(unit, _ -> new TreeMap<>(BY_NAME));
        @Nullable List<Watcher> before = nodes.put(node, List.copyOf(watchers));
        nodes.values().removeIf(List::isEmpty);
        if (nodes.isEmpty()) {
            watchersAway.remove(unit);
        }
        if (!watchers.equals(before == null ? List.of() : before)) {
            tell(unit);
        }
    }

    /// What is live here, for a node that asks.
    public synchronized List<Live> here() {
        return List.copyOf(lives.values());
    }

    private void dropAway(UnitId unit) {
        @Nullable Away there = away.remove(unit);
        if (there != null) {
            letGo(there);
        }
    }

    private void letGo(Away there) {
        var unit = there.live().unit();
        if (there.picture() != null) {
            elsewhere.unwant(there.node(), Sources.camera(unit));
        }
        if (there.sound() != null) {
            elsewhere.unwant(there.node(), Sources.microphone(unit));
        }
    }

    /// Somebody looks no more: a picture of another node is brought here for others only.
    private void leave(UnitId unit) {
        @Nullable Away there = away.get(unit);
        if (there != null && watchesOf(unit).isEmpty()) {
            letGo(there);
            away.put(unit, Away.unseen(there.live(), there.node()));
        }
        watchersChanged(unit);
    }

    private void watchersChanged(UnitId unit) {
        announcer.watched(unit, watchersHere(unit));
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
        @Nullable Live here = lives.get(watch.unit());
        @Nullable Away there = away.get(watch.unit());
        @Nullable Live live = here == null && there != null ? there.live() : here;
        if (live != null && !watch.right().covers(live.since())) {
            end(watch, "other-stream");
        } else if (here != null) {
            show(watch, here);
            tell(watch, TileState.LIVE, null);
        } else if (there != null) {
            var brought = brought(there);
            show(watch, brought);
            tell(
                    watch,
                    brought.refused() == null ? TileState.LIVE : TileState.WAITING,
                    brought.refused());
        } else {
            legs.blank(watch.by(), watch.tile());
            tell(watch, TileState.WAITING, null);
        }
    }

    /// The same with its picture and sound on their way here.
    private Away brought(Away there) {
        var unit = there.live().unit();
        @Nullable SourceId picture = there.picture();
        @Nullable SourceId sound = there.sound();
        if (picture == null) {
            picture = elsewhere.want(there.node(), Sources.camera(unit), true).orElse(null);
        }
        if (sound == null) {
            sound = elsewhere.want(there.node(), Sources.microphone(unit), false).orElse(null);
        }
        var brought = new Away(there.live(), there.node(), picture, sound, there.refused());
        away.put(unit, brought);
        return brought;
    }

    private void show(Watch watch, Away there) {
        @Nullable SourceId picture = there.picture();
        if (picture == null || there.refused() != null) {
            legs.blank(watch.by(), watch.tile()); // or the link carries no more
        } else {
            legs.show(
                    watch.by(), watch.tile(), picture, there.live().muted() ? null : there.sound());
        }
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
        @Nullable Live here = lives.get(unit);
        @Nullable Away there = away.get(unit);
        @Nullable Live live = here == null && there != null ? there.live() : here;
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
        var all = new ArrayList<>(watchersHere(unit));
        watchersAway.getOrDefault(unit, Map.of()).values().forEach(all::addAll);
        return List.copyOf(all);
    }

    private List<Watcher> watchersHere(UnitId unit) {
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
