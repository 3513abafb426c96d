package org.maplebridge.media.record;

import java.util.TreeMap;
import org.maplebridge.media.rtp.OpusConcealment;
import org.maplebridge.media.rtp.OpusPacket;

/// Brings the packets of one talk into the order and the time they were said in: waits a moment for
/// late ones, and leaves gaps where none came.
///
/// Pure. Thread: confined to its recording.
final class TalkTrack {
    /// 160 ms of the usual packets: what comes later was not heard either.
    static final int MOST_WAITING = 8;

    /// As long where packets are few.
    static final long LONGEST_WAIT_NANOS = 160_000_000L;

    /// What a longer pause leaves is filled with the next packets.
    static final int LONGEST_GAP_TICKS = 60 * OpusPacket.CLOCK_RATE;

    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    private record Packet(int timestamp, byte[] payload, long cameNanos) {}

    private final OggOpusWriter writer;
    private final TreeMap<Long, Packet> waiting = new TreeMap<>();
    private boolean begun;
    private long nextSeq;
    private int lastTimestamp;
    private long offsetTicks;
    private int leftOut;

    TalkTrack(OggOpusWriter writer) {
        this.writer = writer;
    }

    /// @param payload the track's own from now on
    void said(long seq, int timestamp, byte[] payload, long nowNanos) {
        if (begun && seq < nextSeq) {
            leftOut++;
            return;
        }
        waiting.put(seq, new Packet(timestamp, payload, nowNanos));
        while (waiting.size() > MOST_WAITING || begun && isNext()) {
            writeFirst();
        }
    }

    private boolean isNext() {
        return !waiting.isEmpty() && waiting.firstKey() == nextSeq;
    }

    private void writeFirst() {
        var first = waiting.pollFirstEntry();
        if (first == null) {
            return;
        }
        Packet packet = first.getValue();
        nextSeq = first.getKey() + 1;
        begun = true;
        // Time begins with the first packet that sounds.
        offsetTicks = writer.ticks() == 0 ? 0 : offsetTicks + packet.timestamp - lastTimestamp;
        lastTimestamp = packet.timestamp;
        long missing = offsetTicks - writer.ticks();
        if (missing >= OpusConcealment.SHORTEST_TICKS) {
            writer.gap((int) Math.min(missing, LONGEST_GAP_TICKS));
        }
        if (!writer.packet(packet.payload, 0, packet.payload.length)) {
            leftOut++;
        }
    }

    /// Waits no longer for what has been missing for a while.
    void settle(long nowNanos) {
        while (!waiting.isEmpty() && hasWaited(waiting.firstEntry().getValue(), nowNanos)) {
            writeFirst();
        }
    }

    private static boolean hasWaited(Packet packet, long nowNanos) {
        return nowNanos - packet.cameNanos >= LONGEST_WAIT_NANOS;
    }

    boolean waits() {
        return !waiting.isEmpty();
    }

    /// Waits for nothing any more.
    void end() {
        while (!waiting.isEmpty()) {
            writeFirst();
        }
    }

    /// Packets that came and are not in the file: too late for their place, or no Opus.
    int leftOut() {
        return leftOut;
    }
}
