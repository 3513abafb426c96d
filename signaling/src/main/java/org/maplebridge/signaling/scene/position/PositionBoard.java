package org.maplebridge.signaling.scene.position;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.telemetry.Plausibility;
import org.maplebridge.dispatch.telemetry.Position;
import org.maplebridge.dispatch.telemetry.Positions;
import org.maplebridge.dispatch.telemetry.ReportRate;
import org.maplebridge.dispatch.telemetry.Tracks;
import org.maplebridge.signaling.protocol.ServerMessage.PositionNews.PositionsChanged;
import org.maplebridge.signaling.protocol.ServerMessage.PositionNews.UnitPosition;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.security.Roster;

/// Takes in where units are, keeps the way they take, and tells it every two seconds to those who
/// see them: a unit that moved several times meanwhile is told once, also when another node heard
/// of it.
///
/// Thread: any; one round at a time.
public final class PositionBoard {
    /// Where a unit was the day before yesterday helps nobody.
    private static final Duration SHOWN = Duration.ofHours(24);

    /// Keeps a message far below a frame's limit.
    private static final int MOST_IN_A_MESSAGE = 500;

    /// What became of a report.
    public enum Outcome {
        TAKEN,
        TOO_OFTEN,
        /// The terminal's clock is wrong, or the report is old.
        WRONG_TIME,
        /// Nobody gets there in the time between.
        WRONG_PLACE
    }

    private final Positions positions;
    private final Tracks tracks;
    private final Peers peers;
    private final Roster roster;
    private final InstantSource clock;
    private final LongSupplier nanoClock;
    private final Map<SessionId, ReportRate> rates = new ConcurrentHashMap<>();

    /// Of when the position was that was told last.
    private volatile Map<UnitId, Instant> told = Map.of();

    public PositionBoard(
            Positions positions,
            Tracks tracks,
            Peers peers,
            Roster roster,
            InstantSource clock,
            LongSupplier nanoClock) {
        this.positions = positions;
        this.tracks = tracks;
        this.peers = peers;
        this.roster = roster;
        this.clock = clock;
        this.nanoClock = nanoClock;
    }

    /// Thread: the session's.
    public Outcome report(SessionId by, Position position) {
        long now = nanoClock.getAsLong();
        if (!rates.computeIfAbsent(by, _ -> new ReportRate(now)).take(now)) {
            return Outcome.TOO_OFTEN;
        }
        @Nullable Position last = positions.of(position.unit()).orElse(null);
        return switch (Plausibility.of(position, last, clock.instant())) {
            case PLAUSIBLE -> {
                positions.report(position);
                tracks.append(position);
                yield Outcome.TAKEN;
            }
            case FROM_THE_FUTURE, TOO_OLD -> Outcome.WRONG_TIME;
            case TOO_FAST -> Outcome.WRONG_PLACE;
        };
    }

    public void left(SessionId session) {
        rates.remove(session);
    }

    /// Asked every two seconds.
    public void round() {
        var news = takeMoved();
        if (news.isEmpty()) {
            return;
        }
        Map<NodeId, List<UnitPosition>> seen = new HashMap<>();
        for (var peer : peers.all()) {
            var node = peer.person().user().node();
            var shown = seen.computeIfAbsent(node, from -> seenFrom(from, news));
            send(peer, withOwn(peer, shown, news));
        }
    }

    private Map<Unit, Position> takeMoved() {
        var organisation = roster.organisation();
        var since = clock.instant().minus(SHOWN);
        var before = told;
        var now = new HashMap<UnitId, Instant>();
        var news = new HashMap<Unit, Position>();
        for (var position : positions.all()) {
            now.put(position.unit(), position.at());
            boolean moved = !position.at().equals(before.get(position.unit()));
            if (moved && position.at().isAfter(since)) {
                organisation.unit(position.unit()).ifPresent(unit -> news.put(unit, position));
            }
        }
        told = now;
        return news;
    }

    /// The same for everybody at a node, so it is asked once for each node and not for each
    /// session.
    private List<UnitPosition> seenFrom(NodeId node, Map<Unit, Position> news) {
        var visibility = roster.visibility();
        return news.entrySet().stream()
                .filter(moved -> visibility.seesUnitFrom(node, moved.getKey(), Aspect.UNITS))
                .map(moved -> shown(moved.getValue()))
                .toList();
    }

    /// Everybody sees their own unit, wherever it belongs.
    private List<UnitPosition> withOwn(
            Peer peer, List<UnitPosition> shown, Map<Unit, Position> news) {
        @Nullable Unit own = peer.unit().flatMap(roster.organisation()::unit).orElse(null);
        @Nullable Position position = own == null ? null : news.get(own);
        if (own == null
                || position == null
                || shown.stream().anyMatch(p -> p.unit().equals(own.id().value()))) {
            return shown;
        }
        var more = new ArrayList<>(shown);
        more.add(shown(position));
        return more;
    }

    private static void send(Peer peer, List<UnitPosition> shown) {
        for (int from = 0; from < shown.size(); from += MOST_IN_A_MESSAGE) {
            int to = Math.min(shown.size(), from + MOST_IN_A_MESSAGE);
            peer.send(new PositionsChanged(List.copyOf(shown.subList(from, to))));
        }
    }

    /// The last known ones, for a session that has just begun.
    public List<UnitPosition> shownTo(Peer peer) {
        Instant since = clock.instant().minus(SHOWN);
        var user = peer.person().user();
        return roster.organisation().units().stream()
                .filter(unit -> roster.visibility().seesUnit(user, unit, Aspect.UNITS))
                .flatMap(unit -> positions.of(unit.id()).stream())
                .filter(position -> position.at().isAfter(since))
                .map(PositionBoard::shown)
                .toList();
    }

    private static UnitPosition shown(Position position) {
        return new UnitPosition(
                position.unit().value(),
                position.point().latitude(),
                position.point().longitude(),
                position.accuracyMetres(),
                position.at());
    }
}
