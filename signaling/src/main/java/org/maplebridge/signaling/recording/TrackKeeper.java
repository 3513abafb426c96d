package org.maplebridge.signaling.recording;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.recording.TrackPiece;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.recording.TrackStore;
import org.maplebridge.dispatch.telemetry.Position;
import org.maplebridge.dispatch.telemetry.Tracks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the ways of units that have to do with an incident into the record, round by round:
/// telemetry forgets them after a day, or with its process. Nodes that do so at the same time write
/// the same, and the first one counts.
///
/// Thread: one round at a time; a round reads and writes for as long as it takes.
public final class TrackKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(TrackKeeper.class);

    /// Who is sent somewhere was on the way there before the order was written.
    static final Duration LOOK_BACK = Duration.ofMinutes(30);

    /// A closed incident is looked after until its people are home, and whatever round was missed.
    static final Duration AFTER_CLOSING = Duration.ofMinutes(10);

    private static final int MOST_UNITS = 2_000;
    private static final int DROPPED_AT_ONCE = 500;

    private final TrackStore store;
    private final Tracks tracks;
    private final Duration keeps;
    private final InstantSource clock;

    /// @param keeps how long a piece stays
    public TrackKeeper(TrackStore store, Tracks tracks, Duration keeps, InstantSource clock) {
        this.store = store;
        this.tracks = tracks;
        this.keeps = keeps;
        this.clock = clock;
    }

    public synchronized void round() {
        Instant now = clock.instant();
        try {
            for (UnitId unit : store.concerned(now.minus(AFTER_CLOSING), MOST_UNITS)) {
                keep(unit, now);
            }
        } catch (RecordUnavailable e) {
            LOG.warn("the ways of units are kept later: {}", e.getMessage());
        }
    }

    /// Forgets what is too old.
    public synchronized void tidy() {
        try {
            int dropped = DROPPED_AT_ONCE;
            while (dropped == DROPPED_AT_ONCE) {
                dropped = store.dropBefore(clock.instant().minus(keeps), DROPPED_AT_ONCE);
            }
        } catch (RecordUnavailable e) {
            LOG.warn("old ways are forgotten later: {}", e.getMessage());
        }
    }

    private void keep(UnitId unit, Instant now) throws RecordUnavailable {
        Instant earliest = now.minus(LOOK_BACK);
        Instant from =
                store.keptUntil(unit)
                        .map(last -> last.plusMillis(1))
                        .filter(next -> next.isAfter(earliest))
                        .orElse(earliest);
        List<Position> way = tracks.between(unit, from, now, TrackPiece.MOST_POINTS);
        if (!way.isEmpty()) {
            store.keep(piece(unit, way));
        }
    }

    /// The points of a way as a piece of it.
    public static TrackPiece piece(UnitId unit, List<Position> way) {
        return TrackPiece.of(
                unit, way.stream().map(at -> new TrackPiece.Point(at.at(), at.point())).toList());
    }
}
