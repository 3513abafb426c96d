package org.maplebridge.media.congestion;

/// How long packets wait in front of the narrowest link on the way to a peer, told from when they
/// left and when they arrived.
///
/// After draft-ietf-rmcat-gcc-02 §5.1 to §5.4, with one difference: the draft follows how delay
/// grows from group to group and never learns how much of it there is. Here a packet's wait is what
/// its way took longer than the quickest of the last seconds, so a queue that stands is seen as
/// well as one that grows.
///
/// And a queue has somebody behind. A packet that had arrived before the next one could even have
/// come to the link was the last of what waited, however long that was: the way, or the machine at
/// its end, stood still for a while. Machines with too much to do read what came in steps, and
/// stamp all of a step late.
///
/// Pure: both clocks' moments are handed in. Thread: its leg's media loop.
final class QueueWatch {
    /// What leaves within it is one group (§5.2): that its packets wait for each other says
    /// nothing.
    static final long GROUP_MICROS = 5_000;

    /// A queue stands when all groups of so long, and at least three, met it: jitter of one is
    /// none.
    static final long STANDING_MICROS = 40_000;

    static final int STANDING_GROUPS = 3;

    private static final int GROUPS = 32;
    private static final long CLOCK_JUMP_MICROS = 10_000_000;
    private static final long UNKNOWN = -1;

    /// Nothing has been sent since.
    static final long NOTHING_BEHIND = Long.MAX_VALUE;

    private final long[] sentMicros = new long[GROUPS];
    private final long[] waitMicros = new long[GROUPS];
    private final QuickestWay quickest = new QuickestWay();
    private final BusyLink busy = new BusyLink();
    private final ReadingSteps steps = new ReadingSteps();
    private int groups;
    private boolean anyArrived;
    private long lastWayMicros;
    private long lastWaitMicros;
    private boolean drained = true;
    private long servingFromMicros;
    private long servingMicros;

    /// A packet arrived; numbers ascend but for those told late.
    ///
    /// @param sent by our clock, in microseconds
    /// @param arrived by the peer's, whose beginning is anywhere
    /// @param untilNext how much later the next one was sent, [#NOTHING_BEHIND] when none was
    void arrived(long sent, long arrived, int bytes, long untilNext) {
        long way = arrived - sent;
        if (anyArrived && Math.abs(way - lastWayMicros) > CLOCK_JUMP_MICROS) {
            forget();
        }
        anyArrived = true;
        lastWayMicros = way;
        quickest.took(way, bytes, sent * 1_000);
        long quickestMicros = quickest.micros(bytes);
        lastWaitMicros = way - quickestMicros;
        busy.arrived(lastWaitMicros, arrived, bytes);
        steps.arrived(sent, arrived);
        long passing = steps.seen() ? 0 : quickestMicros - quickest.micros(0);
        boolean last = untilNext >= lastWaitMicros + passing;
        if (last) {
            busy.idle();
        }
        servingFromMicros = drained ? arrived : servingFromMicros;
        servingMicros = Math.max(0, arrived - servingFromMicros);
        drained = last;
        long wait = last ? 0 : lastWaitMicros;
        int newest = back(0);
        if (groups == 0 || sent - sentMicros[newest] >= GROUP_MICROS) {
            int at = groups++ % GROUPS;
            sentMicros[at] = sent;
            waitMicros[at] = wait;
        } else {
            waitMicros[newest] = Math.min(waitMicros[newest], wait);
        }
    }

    /// A packet that left after the one that arrived last did not arrive.
    void lost(int bytes) {
        busy.lost(bytes);
    }

    /// Some packets in between were not told of.
    void gap() {
        busy.idle();
    }

    /// Another way: what it takes is not known yet.
    void forget() {
        groups = 0;
        drained = true;
        quickest.forget();
        busy.idle();
    }

    /// What every group met lately at least; negative while too little is known.
    long standingMicros() {
        if (groups < STANDING_GROUPS) {
            return UNKNOWN;
        }
        long least = Long.MAX_VALUE;
        long newestSent = sentMicros[back(0)];
        int remembered = Math.min(groups, GROUPS);
        for (int i = 0; i < remembered; i++) {
            int at = back(i);
            if (i >= STANDING_GROUPS && newestSent - sentMicros[at] > STANDING_MICROS) {
                break;
            }
            least = Math.min(least, waitMicros[at]);
        }
        return least;
    }

    /// Whether the peer reads in steps: waits are too long by up to a packet's distance then.
    boolean coarse() {
        return steps.seen();
    }

    /// Whether it did more than once lately, should nothing have been told since.
    boolean coarseLately(long nowNanos) {
        return steps.seenAgainBefore(nowNanos / 1_000);
    }

    /// How long packets have been arriving with others behind them.
    long servingMicros() {
        return servingMicros;
    }

    /// What the packet told of last waited.
    long lastWaitMicros() {
        return lastWaitMicros;
    }

    /// How fast the link passed packets on while they waited, 0 while unknown.
    ///
    /// @param ordinaryLoss share of packets that is lost although nothing waits; a peer that reads
    ///   in steps loses what it does not read in time, and that tells nothing of the link
    long capacity(double ordinaryLoss) {
        return busy.bitsPerSecond(coarse() ? 0 : ordinaryLoss);
    }

    /// The group begun `i` before the newest.
    private int back(int i) {
        return Math.floorMod(groups - 1 - i, GROUPS);
    }
}
