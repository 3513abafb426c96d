package org.maplebridge.signaling.load;

/// Decides which level holds. A level is reached when loops were so late five seconds in a row: a
/// start, a collection of garbage or everybody who comes from a dead node is over by then. It is
/// left, one at a time, when they were much less late for five seconds, since what it gave up comes
/// back at once.
///
/// Pure. Thread: one at a time.
final class LoadWatch {
    private static final int RISES_AFTER = 5;
    private static final int FALLS_AFTER = 5;

    private LoadLevel level = LoadLevel.CALM;
    private LoadLevel lowestAbove = LoadLevel.OVERLOADED;
    private int above;
    private int below;

    /// To be called once a second.
    ///
    /// @param lateShare of that second in which the latest loop was late, 0 to 1
    LoadLevel look(double lateShare) {
        LoadLevel now = LoadLevel.of(lateShare);
        if (now.compareTo(level) > 0) {
            lowestAbove = above == 0 || now.compareTo(lowestAbove) < 0 ? now : lowestAbove;
            above++;
        } else {
            above = 0;
        }
        below = level != LoadLevel.CALM && lateShare < level.from() / 2 ? below + 1 : 0;
        if (above == RISES_AFTER) {
            enter(lowestAbove);
        } else if (below == FALLS_AFTER) {
            enter(LoadLevel.values()[level.ordinal() - 1]);
        }
        return level;
    }

    private void enter(LoadLevel now) {
        level = now;
        above = 0;
        below = 0;
    }
}
