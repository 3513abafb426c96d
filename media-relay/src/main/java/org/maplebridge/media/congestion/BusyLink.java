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

    /// Chance alone makes twice as much of a link's ordinary loss in so few packets.
    private static final double CHANCE = 2;

    /// More is not taken for ordinary.
    private static final double MOST_LOSS = 0.3;

    private boolean running;
    private int packets;
    private long bytes;
    private long bytesTogether;
    private long lostBytes;
    private long lostSinceLast;
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
            lostBytes = 0;
            firstMicros = arrivedMicros;
            lastMicros = arrivedMicros;
        } else if (Math.abs(arrivedMicros - firstMicros) <= TOGETHER_MICROS) {
            bytesTogether += length;
        } else {
            packets++;
            bytes += length;
            lostBytes += lostSinceLast;
            lastMicros = Math.max(lastMicros, arrivedMicros);
            if (lastMicros - firstMicros > LONGEST_MICROS) {
                firstMicros += (lastMicros - firstMicros) / 2;
                bytes /= 2;
                lostBytes /= 2;
            }
        }
        lostSinceLast = 0;
    }

    /// A packet that left after the one that arrived last did not arrive.
    void lost(int length) {
        lostSinceLast += length;
    }

    /// Nothing waits.
    void idle() {
        running = false;
        packets = 0;
    }

    /// 0 while too little is known.
    ///
    /// @param ordinaryLoss share of packets that is lost although nothing waits: those passed the
    ///   link like all others, while what a full queue turns away never does
    long bitsPerSecond(double ordinaryLoss) {
        long span = lastMicros - firstMicros;
        boolean known = running && packets >= FEWEST_PACKETS && span > 0;
        if (!known || span < SHORTEST_MICROS && bytes + bytesTogether <= MANY_BYTES) {
            return 0;
        }
        double most = Math.min(ordinaryLoss * CHANCE, MOST_LOSS);
        long passed = bytes + Math.min(lostBytes, (long) (bytes * most / (1 - most)));
        return passed * 8_000_000L / span;
    }

    /// So much within [#SHORTEST_MICROS] is 8 Mbit/s or more, to a tenth at worst.
    private static final long MANY_BYTES = 20_000;
}
