package org.maplebridge.media.congestion;

/// What left for a peer, when, and under which transport-wide number, so that its feedback can be
/// understood (draft-holmer-rmcat-transport-wide-cc-extensions-01 §2).
///
/// One word a packet: every packet to every viewer writes one, and a cache line holds eight.
///
/// Pure: the time is handed in. Thread: its leg's media loop.
final class SentLog {
    /// Packets remembered: 2 s of a 5 Mbit/s peer; feedback comes within a few hundred ms.
    static final int CAPACITY = 2_048;

    static final long NONE = -1;

    // What became of a packet.
    static final int UNTOLD = 0;
    static final int RECEIVED = 1;
    static final int MISSING = 2;

    /// The feedback that should have told was lost.
    static final int PRESUMED = 3;

    private static final int BYTES_SHIFT = 32;
    private static final int FATE_SHIFT = 48;
    private static final long MICROS_MASK = 0xffff_ffffL;

    /// Microseconds it left at in the lower 32 bits, length in 16, fate above.
    private final long[] packets = new long[CAPACITY];

    private long next;

    /// The number of the packet about to leave.
    int number() {
        return (int) next & 0xffff;
    }

    /// The packet numbered last left.
    void left(int length, long nowNanos) {
        packets[slot(next++)] = nowNanos / 1_000 & MICROS_MASK | (long) length << BYTES_SHIFT;
    }

    /// The remembered packet a 16-bit number means, or [#NONE].
    long find(int seq16) {
        long newest = next - 1;
        long seq = newest - ((int) newest - seq16 & 0xffff);
        return seq >= Math.max(0, next - CAPACITY) ? seq : NONE;
    }

    /// First of those to come.
    long next() {
        return next;
    }

    /// In microseconds of the loop's clock; good for an hour back.
    long sentMicros(long seq, long nowNanos) {
        long now = nowNanos / 1_000;
        return now - (now - packets[slot(seq)] & MICROS_MASK);
    }

    int bytes(long seq) {
        return (int) (packets[slot(seq)] >> BYTES_SHIFT) & 0xffff;
    }

    int fate(long seq) {
        return (int) (packets[slot(seq)] >> FATE_SHIFT);
    }

    void told(long seq, int newFate) {
        int at = slot(seq);
        packets[at] = packets[at] & (1L << FATE_SHIFT) - 1 | (long) newFate << FATE_SHIFT;
    }

    private static int slot(long seq) {
        return (int) seq & (CAPACITY - 1);
    }
}
