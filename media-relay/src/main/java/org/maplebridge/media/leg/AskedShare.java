package org.maplebridge.media.leg;

/// What share of what a downlink bears its publishers are asked for: less while packets wait, and
/// the less the longer they do while more comes than was asked for. Encoders take their time, and
/// what waits is seen late.
///
/// Pure. Thread: its leg's media loop.
final class AskedShare {
    /// Publishers count neither UDP and IP headers nor authentication tags.
    private static final double MOST = 0.93;

    /// As soon as something waits.
    private static final double CATCHING_UP = 0.8;

    private static final double LEAST = 0.4;

    // A look.
    private static final double DOWN = 0.06;
    private static final double UP = 0.04;

    /// Who chooses among layers has changed over by then, and should to the next lower one.
    private static final int PATIENT_LOOKS = 6;

    private double share = MOST;
    private int looksBehind;

    /// To be called about every 100 ms.
    ///
    /// @param behind whether packets waited all the time since the last look
    /// @param tooMuch whether more comes than was asked for
    double look(boolean behind, boolean tooMuch) {
        looksBehind = behind && tooMuch ? looksBehind + 1 : 0;
        if (!behind) {
            share = Math.min(share + UP, MOST);
        } else if (looksBehind > PATIENT_LOOKS) {
            share = Math.clamp(share - DOWN, LEAST, CATCHING_UP);
        } else {
            share = Math.min(share, CATCHING_UP);
        }
        return share;
    }

    /// As [#look] where it is not sure: a peer that reads in steps seems to be behind.
    double lookUnsure(boolean behind) {
        looksBehind = 0;
        share = behind ? CATCHING_UP : MOST;
        return share;
    }
}
