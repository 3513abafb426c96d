package org.maplebridge.media.forward;

import org.maplebridge.media.api.Redundancy;

/// How many of the packets before go along with each packet of voice to one listener, by the loss
/// it reports (RFC 3550 §6.4.1).
///
/// Goes up at once and down late: loss comes in spells, and a word is worth more than the 30 kbit/s
/// that a generation of voice costs. Where little fits, it is what pictures beside it do not get,
/// and goes down with the first report that says so.
///
/// Thread: its media loop. Pure: is told the time.
final class RedundancyPolicy {
    /// Of 256: above 3 %, where words begin to suffer in spite of in-band FEC.
    static final int SOME_LOSS = 7;

    /// Of 256: above 15 % two in a row are often lost.
    static final int MUCH_LOSS = 38;

    /// Of 256: below 1 %.
    static final int NO_LOSS = 2;

    static final long CALM_NANOS = 10_000_000_000L;

    private final Redundancy wish;
    private int generations;
    private boolean calm;
    private long calmSinceNanos;
    private long muchLossNanos;

    RedundancyPolicy(Redundancy wish) {
        this.wish = wish;
    }

    /// Takes a receiver report.
    ///
    /// @param loss256 fraction lost since the report before, of 256
    /// @param narrow whether the listener's downlink is paced
    void reported(int loss256, boolean narrow, long nowNanos) {
        if (loss256 > MUCH_LOSS) {
            generations = 2;
            muchLossNanos = nowNanos;
        } else if (loss256 > SOME_LOSS && generations == 0) {
            generations = 1;
        } else if (generations == 2 && (narrow || nowNanos - muchLossNanos >= CALM_NANOS)) {
            generations = 1;
        }
        boolean calmBefore = calm;
        calm = loss256 <= NO_LOSS;
        calmSinceNanos = calm && !calmBefore ? nowNanos : calmSinceNanos;
        if (calm && (narrow || nowNanos - calmSinceNanos >= CALM_NANOS)) {
            generations = 0;
        }
    }

    /// 0 is plain voice.
    int generations() {
        return switch (wish) {
            case AUTO -> generations;
            case ALWAYS -> 2;
            case NEVER -> 0;
        };
    }
}
