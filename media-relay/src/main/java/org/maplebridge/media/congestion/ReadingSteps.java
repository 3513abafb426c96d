package org.maplebridge.media.congestion;

/// Whether a peer stamps arrivals in steps: what left at different times has one moment there. A
/// machine with too much to do reads so, and a radio link that stands still now and then delivers
/// so. Waits told by it are too long by up to a packet's distance.
///
/// No queue looks like it: a link passes on one packet after the other.
///
/// Pure: both clocks' moments are handed in. Thread: its leg's media loop.
final class ReadingSteps {
    /// Two ticks of feedback. Only a link of 16 Mbit/s passes on a packet of 1,000 bytes in less.
    static final long TOGETHER_MICROS = 500;

    /// What left within less may be one picture.
    static final long APART_MICROS = 20_000;

    static final int FEWEST_GROUPS = 3;

    /// A machine does not find rest so quickly.
    static final long LASTS_MICROS = 3_000_000;

    private boolean begun;
    private long firstSentMicros;
    private long groupSentMicros;
    private int groups;
    private long arrivedMicros;
    private boolean inStep;
    private boolean seen;
    private boolean again;
    private long lastButOneMicros;
    private long seenMicros;
    private long sentMicros;

    /// @param sent by our clock, `arrived` by the peer's
    void arrived(long sent, long arrived) {
        if (!begun || Math.abs(arrived - arrivedMicros) > TOGETHER_MICROS) {
            begun = true;
            firstSentMicros = sent;
            groupSentMicros = sent;
            groups = 1;
            inStep = false;
        } else if (sent - groupSentMicros >= QueueWatch.GROUP_MICROS) {
            groupSentMicros = sent;
            groups++;
        }
        arrivedMicros = arrived;
        sentMicros = sent;
        if (groups >= FEWEST_GROUPS && sent - firstSentMicros >= APART_MICROS) {
            if (seen && !inStep) {
                again = true;
                lastButOneMicros = seenMicros;
            }
            inStep = true;
            seen = true;
            seenMicros = sent;
        }
    }

    /// Whether it did so shortly before the packet told of last left.
    boolean seen() {
        return seenBefore(sentMicros);
    }

    private boolean seenBefore(long micros) {
        return seen && micros - seenMicros < LASTS_MICROS;
    }

    /// Whether it did so more than once shortly before that moment of our clock: a link that has
    /// become wider lets go what waited in one step as well.
    boolean seenAgainBefore(long micros) {
        return seenBefore(micros) && again && micros - lastButOneMicros < LASTS_MICROS;
    }
}
