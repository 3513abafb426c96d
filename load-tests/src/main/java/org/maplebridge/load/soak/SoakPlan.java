package org.maplebridge.load.soak;

/// What ten hours bring to a county of 1,500 handhelds, in rounds of half an hour each: everybody
/// comes three times (two shifts, and once a signal that was lost for long), and somebody talks
/// 18,000 times (in 150 groups, every five minutes).
///
/// @param quick whether it is done within five minutes: a quarter of the rounds
public record SoakPlan(boolean quick) {
    /// Long enough for what is found late: the compiler, caches, sessions kept for who comes back.
    static final int WARM_UP_ROUNDS = 4;

    private static final int ROUNDS = 20;

    int rounds() {
        return quick ? ROUNDS / 4 : ROUNDS;
    }

    /// There at a time.
    int handhelds() {
        return 300;
    }

    /// In each round, one after the other through all that are there.
    int arrivals() {
        return 225;
    }

    /// Of those, every fifth by a connection that fails.
    boolean isDropped(int round) {
        return round % 5 == 0;
    }

    int activeGroups() {
        return 25;
    }

    long talkMillis() {
        return 15_000;
    }

    /// Talks that a round must have had, to be one of ten hours' twentieth parts.
    int talksAtLeast() {
        return 900;
    }
}
