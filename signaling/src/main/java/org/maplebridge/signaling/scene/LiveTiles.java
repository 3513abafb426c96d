package org.maplebridge.signaling.scene;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.signaling.protocol.ServerMessage.LiveNews.Watcher;
import org.maplebridge.signaling.scene.LiveBoard.Watch;

/// Which tile of whom belongs to which unit, and who looks at a unit on other nodes.
///
/// Thread: its board's, under that one's lock.
final class LiveTiles {
    private static final Comparator<MemberId> BY_NAME = Comparator.comparing(MemberId::value);

    private final Map<SessionId, Map<Integer, Watch>> watches = new HashMap<>();
    private final Map<UnitId, Map<MemberId, List<Watcher>>> elsewhere = new HashMap<>();

    /// @return what this tile showed before
    Optional<Watch> put(Watch watch) {
        return Optional.ofNullable(
                watches.computeIfAbsent(watch.by(), _ -> new TreeMap<>()).put(watch.tile(), watch));
    }

    Optional<Watch> remove(SessionId by, int tile) {
        @Nullable Map<Integer, Watch> tiles = watches.get(by);
        return tiles == null ? Optional.empty() : Optional.ofNullable(tiles.remove(tile));
    }

    List<Watch> removeAll(SessionId by) {
        @Nullable Map<Integer, Watch> tiles = watches.remove(by);
        return tiles == null ? List.of() : List.copyOf(tiles.values());
    }

    Collection<Watch> of(SessionId by) {
        return List.copyOf(watches.getOrDefault(by, Map.of()).values());
    }

    List<Watch> on(UnitId unit) {
        var found = new ArrayList<Watch>();
        for (var tiles : watches.values()) {
            tiles.values().stream().filter(watch -> watch.unit().equals(unit)).forEach(found::add);
        }
        return found;
    }

    /// @return whether that is news
    boolean elsewhere(UnitId unit, MemberId node, List<Watcher> watchers) {
        var nodes = elsewhere.computeIfAbsent(unit, _ -> new TreeMap<>(BY_NAME));
        @Nullable List<Watcher> before = nodes.put(node, List.copyOf(watchers));
        nodes.values().removeIf(List::isEmpty);
        if (nodes.isEmpty()) {
            elsewhere.remove(unit);
        }
        return !watchers.equals(before == null ? List.of() : before);
    }

    /// What anybody looks at on other nodes.
    List<UnitId> watchedElsewhere() {
        return List.copyOf(elsewhere.keySet());
    }

    boolean watched(UnitId unit) {
        return elsewhere.containsKey(unit) || !on(unit).isEmpty();
    }

    List<Watcher> watchersHere(UnitId unit) {
        return on(unit).stream().map(watch -> new Watcher(watch.name(), watch.since())).toList();
    }

    List<Watcher> watchers(UnitId unit) {
        var all = new ArrayList<>(watchersHere(unit));
        elsewhere.getOrDefault(unit, Map.of()).values().forEach(all::addAll);
        return List.copyOf(all);
    }
}
