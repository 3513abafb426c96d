package org.maplebridge.media.forward;

import org.jspecify.annotations.Nullable;
import org.maplebridge.media.forward.repair.ResendBudget;
import org.maplebridge.media.wire.OutboundBatch;

/// What a viewer asks one slot for again: out of the line's ring, only what it really was sent, and
/// not without end. On a paced downlink repeats wait for their turn, in front of what is new.
///
/// Thread: its media loop.
final class Repeats {
    /// What waits; the viewer asks again for what found no room.
    private static final int MOST_WAITING = 64;

    private final Continuity numbers;
    private final SlotWriter writer;
    private final ResendBudget budget = new ResendBudget();
    private long[] waiting = {};
    private int count;
    private int first;

    /// The last one that went out with older ones along. They may be gone, or more, when it is
    /// asked for again; and no number may ever protect two different packets.
    private long onceOnlyUpTo = -1;

    private long retransmitted;
    private long nacksReceived;

    Repeats(Continuity numbers, SlotWriter writer) {
        this.numbers = numbers;
        this.writer = writer;
    }

    /// The viewer misses `firstSeq16` and, for each bit i of `bitmask`, the packet i + 1 later.
    ///
    /// @param from null when nothing is attached any more
    /// @param held whether they must wait for [#next]
    /// @return how many were sent again
    int asked(
            @Nullable Line from,
            int firstSeq16,
            int bitmask,
            long roundTripNanos,
            boolean held,
            long nowNanos,
            OutboundBatch out) {
        nacksReceived += 1 + Integer.bitCount(bitmask & 0xffff);
        int sent = 0;
        for (int i = 0; i <= 16 && !budget.spent(nowNanos); i++) {
            boolean missed = i == 0 || (bitmask >> i - 1 & 1) != 0;
            MediaPacket packet = missed ? find(from, firstSeq16 + i) : null;
            if (packet == null) {
                continue;
            }
            long seq = numbers.seq(numbers.stretchOf(packet.seq), packet.seq);
            if (!budget.allows(seq, roundTripNanos, nowNanos)) {
                continue;
            }
            if (held) {
                queue(packet.seq);
            } else if (send(packet, nowNanos, out)) {
                sent++;
            }
        }
        return sent;
    }

    private @Nullable MediaPacket find(@Nullable Line from, int seq16) {
        long seq = numbers.lastSeq() + (short) (seq16 - (int) numbers.lastSeq());
        boolean sent = numbers.anyPassed() && seq <= numbers.lastSeq();
        if (from == null || !sent || seq <= onceOnlyUpTo) {
            return null;
        }
        long input = numbers.inputSeq(seq);
        return input == Continuity.NONE ? null : from.packet(input);
    }

    private void queue(long inputSeq) {
        if (waiting.length == 0) {
            waiting = new long[MOST_WAITING];
        }
        if (count < MOST_WAITING) {
            waiting[(first + count++) % MOST_WAITING] = inputSeq;
        }
    }

    /// Nothing up to this number can be sent again as it was.
    void neverAgain(long seq) {
        onceOnlyUpTo = Math.max(onceOnlyUpTo, seq);
    }

    /// The packet to be repeated next, null when none waits.
    @Nullable MediaPacket next(Line from) {
        while (count > 0) {
            long seq = waiting[first];
            MediaPacket packet = from.packet(seq);
            if (packet != null && numbers.stretchOf(seq) != Continuity.NONE) {
                return packet;
            }
            drop();
        }
        return null;
    }

    private void drop() {
        first = (first + 1) % MOST_WAITING;
        count--;
    }

    /// Repeats the one that [#next] gave.
    boolean sendNext(MediaPacket packet, long nowNanos, OutboundBatch out) {
        drop();
        return send(packet, nowNanos, out);
    }

    private boolean send(MediaPacket packet, long nowNanos, OutboundBatch out) {
        int stretch = numbers.stretchOf(packet.seq);
        long seq = numbers.seq(stretch, packet.seq);
        int timestamp = numbers.timestamp(stretch, packet.timestamp);
        boolean sent = writer.writeAgain(packet, seq, timestamp, nowNanos, out) > 0;
        retransmitted += sent ? 1 : 0;
        return sent;
    }

    /// What waits is of a stretch that nobody is shown any more.
    void forget() {
        count = 0;
    }

    long retransmitted() {
        return retransmitted;
    }

    long nacksReceived() {
        return nacksReceived;
    }
}
