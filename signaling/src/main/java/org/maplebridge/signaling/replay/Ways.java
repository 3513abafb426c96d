package org.maplebridge.signaling.replay;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.recording.TrackPiece;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.recording.TrackStore;
import org.maplebridge.dispatch.telemetry.Position;
import org.maplebridge.dispatch.telemetry.Tracks;
import org.maplebridge.signaling.recording.TrackKeeper;

/// The ways of some units during some hours: as the record has them, and the last minutes, which
/// are not in the record yet, as telemetry has them.
///
/// Thread: any.
public final class Ways {
    /// Two hundred pieces of half a megabyte are more than any page draws.
    static final int MOST_PIECES = 1_500;

    private final TrackStore store;
    private final Tracks tracks;
    private final InstantSource clock;

    public Ways(TrackStore store, Tracks tracks, InstantSource clock) {
        this.store = store;
        this.tracks = tracks;
        this.clock = clock;
    }

    /// In the order of time.
    public List<TrackPiece> between(Collection<UnitId> units, Instant from, Instant until)
            throws RecordUnavailable {
        var pieces = new ArrayList<>(store.between(units, from, until, MOST_PIECES));
        Map<UnitId, Instant> known = new HashMap<>();
        pieces.forEach(piece -> known.put(piece.unit(), piece.until()));
        Instant now = clock.instant();
        Instant last = until.isBefore(now) ? until : now;
        for (UnitId unit : units) {
            Instant next = known.containsKey(unit) ? known.get(unit).plusMillis(1) : from;
            if (!next.isBefore(last)) {
                continue;
            }
            List<Position> fresh = tracks.between(unit, next, last, TrackPiece.MOST_POINTS);
            if (!fresh.isEmpty()) {
                pieces.add(TrackKeeper.piece(unit, fresh));
            }
        }
        return pieces;
    }
}
