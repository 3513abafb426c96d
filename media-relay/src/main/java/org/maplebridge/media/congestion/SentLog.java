package org.maplebridge.media.congestion;

/// What left for a peer, when, and under which transport-wide number, so that its feedback can be
/// understood (draft-holmer-rmcat-transport-wide-cc-extensions-01 §2).
///
/// Pure: the time is handed in. Thread: its leg's media loop.
final class SentLog {
    /// Packets remembered: 2 s of a 5 Mbit/s peer; feedback comes within a few hundred ms.
    static final int CAPACITY = 2_048;

    static final long NONE = -1;

    // What became of a packet.
    static final byte UNTOLD = 0;
    static final byte RECEIVED = 1;
    static final byte MISSING = 2;

    private final int[] sentMicros = new int[CAPACITY];
    private final short[] bytes = new short[CAPACITY];
    private final byte[] fate = new byte[CAPACITY];
    private long next;

    /// The number of the packet about to leave.
    int number() {
        return (int) next & 0xffff;
    }

    /// The packet numbered last left.
    void left(int length, long nowNanos) {
        int at = slot(next++);
        sentMicros[at] = (int) (nowNanos / 1_000);
        bytes[at] = (short) length;
        fate[at] = UNTOLD;
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
        return now - ((int) now - sentMicros[slot(seq)] & 0xffff_ffffL);
    }

    int bytes(long seq) {
        return bytes[slot(seq)];
    }

    byte fate(long seq) {
        return fate[slot(seq)];
    }

    void told(long seq, byte newFate) {
        fate[slot(seq)] = newFate;
    }

    private static int slot(long seq) {
        return (int) seq & (CAPACITY - 1);
    }
}
