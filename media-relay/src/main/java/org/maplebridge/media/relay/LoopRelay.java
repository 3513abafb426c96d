package org.maplebridge.media.relay;

import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.api.LegStats;
import org.maplebridge.media.api.RelayEvents;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.api.SourceStats;
import org.maplebridge.media.forward.PacketCounters;
import org.maplebridge.media.leg.PeerTransport;
import org.maplebridge.media.sdp.Negotiated;
import org.maplebridge.media.wire.OutboundBatch;
import org.maplebridge.media.wire.PeerPath;

/// All legs and lines of one media loop.
///
/// Thread: its media loop, all of it.
public final class LoopRelay {
    /// @param port the way to the node's other loops
    /// @param ntpOffsetNanos what to add to `nowNanos` to get nanoseconds since 1970
    public LoopRelay(
            LoopPort port, RelayEvents events, IntSupplier randomInts, long ntpOffsetNanos) {}

    /// Takes one datagram of a read burst; it may be overwritten in place and is free afterwards.
    public void onDatagram(
            PeerPath from, byte[] data, int offset, int length, long nowNanos, OutboundBatch out) {
        throw new UnsupportedOperationException("coming");
    }

    /// Takes what another loop posted.
    public void onMessage(LoopMessage message, long nowNanos) {
        throw new UnsupportedOperationException("coming");
    }

    /// Fans out what the burst brought. Flush `out` afterwards.
    public void onBurstEnd(long nowNanos, OutboundBatch out) {
        throw new UnsupportedOperationException("coming");
    }

    /// Does what time asks for. Flush `out` afterwards.
    ///
    /// @return nanoseconds after which it wants to be called again: 5 ms while somebody catches up
    ///   or something is being repaired, more when idle
    public long tick(long nowNanos, OutboundBatch out) {
        throw new UnsupportedOperationException("coming");
    }

    /// Opens a leg with what was negotiated; an id already open is closed first.
    public void open(
            LegId id,
            LegPlan plan,
            Negotiated negotiated,
            PeerTransport transport,
            long nowNanos,
            OutboundBatch out) {
        throw new UnsupportedOperationException("coming");
    }

    /// Looks what changed in a leg's transport: after its ICE credentials were replaced, and after
    /// every task run through [org.maplebridge.media.leg.HomeLoop].
    public void refresh(LegId id, long nowNanos, OutboundBatch out) {
        throw new UnsupportedOperationException("coming");
    }

    public void close(LegId id, long nowNanos, OutboundBatch out) {
        throw new UnsupportedOperationException("coming");
    }

    public void attach(LegId id, String mid, SourceId source, long nowNanos) {
        throw new UnsupportedOperationException("coming");
    }

    public void detach(LegId id, String mid, long nowNanos) {
        throw new UnsupportedOperationException("coming");
    }

    /// To be called on every loop, as the three that follow.
    public void openChannel(SourceId channel) {
        throw new UnsupportedOperationException("coming");
    }

    public void closeChannel(SourceId channel) {
        throw new UnsupportedOperationException("coming");
    }

    public void giveFloor(SourceId channel, SourceId talker, long epoch) {
        throw new UnsupportedOperationException("coming");
    }

    public void clearFloor(SourceId channel, long epoch) {
        throw new UnsupportedOperationException("coming");
    }

    /// To be called on every loop: the one that has the source asks its publisher.
    public void requestKeyFrame(SourceId source) {
        throw new UnsupportedOperationException("coming");
    }

    public @Nullable LegStats legStats(LegId id, long nowNanos) {
        throw new UnsupportedOperationException("coming");
    }

    /// Null when the source is not published on this loop.
    public @Nullable SourceStats sourceStats(SourceId source, long nowNanos) {
        throw new UnsupportedOperationException("coming");
    }

    public int legs() {
        throw new UnsupportedOperationException("coming");
    }

    public PacketCounters counters() {
        throw new UnsupportedOperationException("coming");
    }

    /// Closes all legs.
    public void closeAll(long nowNanos, OutboundBatch out) {
        throw new UnsupportedOperationException("coming");
    }
}
