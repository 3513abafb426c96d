package org.maplebridge.media.forward;

import org.maplebridge.media.wire.DropReason;

/// What became of the packets of one media loop. Plain numbers: readers on other threads may see
/// them a moment late.
///
/// Thread: written by its media loop, read by any.
public final class PacketCounters {
    private final long[] dropped = new long[DropReason.values().length];
    private long received;
    private long forwarded;
    private long retransmitted;
    private long padded;

    public void received() {
        received++;
    }

    /// Counts an answer of a hot method: negative ones are drop reasons.
    public void note(int result) {
        if (result < 0) {
            dropped[-1 - result]++;
        }
    }

    public void dropped(DropReason reason) {
        dropped[reason.ordinal()]++;
    }

    public void dropped(DropReason reason, int packets) {
        dropped[reason.ordinal()] += packets;
    }

    public void forwarded(int packets) {
        forwarded += packets;
    }

    public void retransmitted(int packets) {
        retransmitted += packets;
    }

    /// Packets of padding alone.
    public void padded(int packets) {
        padded += packets;
    }

    public long receivedTotal() {
        return received;
    }

    /// RTP packets sent to subscribers, retransmissions not counted.
    public long forwardedTotal() {
        return forwarded;
    }

    public long retransmittedTotal() {
        return retransmitted;
    }

    public long paddedTotal() {
        return padded;
    }

    public long droppedTotal(DropReason reason) {
        return dropped[reason.ordinal()];
    }
}
