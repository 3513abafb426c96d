package org.maplebridge.media.relay;

import org.maplebridge.media.api.SourceStats;
import org.maplebridge.media.forward.Source;

/// A source's figures in the form of the relay's face.
final class Statistics {
    private Statistics() {}

    static SourceStats of(Source source, int viewers, long nowNanos) {
        long roundTrip = source.roundTripNanos();
        long silent = source.silentNanos(nowNanos);
        return new SourceStats(
                source.packets(),
                source.lost(),
                source.repaired(),
                source.bitsPerSecond(nowNanos),
                source.reception().jitterMillis(),
                roundTrip < 0 ? -1 : roundTrip / 1e6,
                source.line().keyFrames(),
                source.keyFramesRequested(),
                silent < 0 ? -1 : silent / 1_000_000,
                viewers);
    }
}
