package org.maplebridge.media.congestion;

/// How fast a link passes packets on while some wait in front of it: then, and only then, the gaps
/// between arrivals are the link's and not the sender's.
///
/// A stall shows as what it is: what waited for its end arrives fast.
///
/// Pure. Thread: its leg's media loop.
final class BusyLink {
    /// Less may be jitter of a link that is idle.
    static final long WAITING_MICROS = 3_000;

    /// Feedback tells arrivals to a quarter of a millisecond.
    static final long SHORTEST_MICROS = 30_000;

    static final int FEWEST_PACKETS = 4;

    /// What came with the packet a run begins with waited for the same as that one: links with
    /// slots, and senders' cards, let several pass as one. Two ticks of feedback are no gap.
    static final long TOGETHER_MICROS = 250;

    /// What was longer ago counts less: links change.
    static final long LONGEST_MICROS = 300_000;

    private boolean running;
    private int packets;
    private long bytes;
    private long bytesTogether;
    private long firstMicros;
    private long lastMicros;

    void arrived(long waitMicros, long arrivedMicros, int length) {
        if (waitMicros < WAITING_MICROS) {
            idle();
        } else if (!running) {
            running = true;
            packets = 0;
            bytes = 0;
            bytesTogether = 0;
            firstMicros = arrivedMicros;
            lastMicros = arrivedMicros;
        } else if (Math.abs(arrivedMicros - firstMicros) <= TOGETHER_MICROS) {
            bytesTogether += length;
        } else {
            packets++;
            bytes += length;
            lastMicros = Math.max(lastMicros, arrivedMicros);
            if (lastMicros - firstMicros > LONGEST_MICROS) {
                firstMicros += (lastMicros - firstMicros) / 2;
                bytes /= 2;
            }
        }
    }

    /// Nothing waits.
    void idle() {
        running = false;
        packets = 0;
    }

    /// 0 while too little is known.
    long bitsPerSecond() {
        long span = lastMicros - firstMicros;
        boolean known = running && packets >= FEWEST_PACKETS && span > 0;
        return known && (span >= SHORTEST_MICROS || bytes + bytesTogether > MANY_BYTES)
                ? bytes * 8_000_000L / span
                : 0;
    }

    /// So much within [#SHORTEST_MICROS] is 8 Mbit/s or more, to a tenth at worst.
    private static final long MANY_BYTES = 20_000;
}
