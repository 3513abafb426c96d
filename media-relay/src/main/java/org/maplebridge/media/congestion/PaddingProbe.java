package org.maplebridge.media.congestion;

/// While pictures are wanted and the way bears none, packets of padding take their place: what the
/// way makes of those tells when it bears more again. Voice alone never tells, and a picture that
/// tries makes it wait.
///
/// None for a peer that gives no feedback, and none for one that reads in steps: what it tells then
/// is of its machine.
///
/// Pure. Thread: its leg's media loop.
final class PaddingProbe {
    /// Of a packet with its header and tag: shorter than one of voice, which hardly waits for it.
    static final int BYTES = 70;

    private boolean wanted;
    private boolean anyLeft;

    void want(boolean now) {
        wanted = now;
        anyLeft &= now;
    }

    boolean wanted() {
        return wanted;
    }

    void left() {
        anyLeft = true;
    }

    /// Whether some went out since it is wanted: then the way is known by it, and what leaves
    /// beside it counts as well.
    boolean tells() {
        return anyLeft;
    }
}
