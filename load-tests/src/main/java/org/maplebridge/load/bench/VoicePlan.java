package org.maplebridge.load.bench;

/// How large a simulated county is and how long each part of the voice scenario takes.
///
/// @param handhelds signed in, ten to a work station
/// @param media of those with a peer connection
record VoicePlan(boolean quick, int handhelds, int media) {
    /// Handhelds that are there while the server warms up; figures for each head leave them out.
    static final int WARM_HANDHELDS = 100;

    /// One group in ten is active at a time.
    static final int GROUPS_FOR_ONE_ACTIVE = 10;

    private static final int OF_A_GROUP = 10;

    VoicePlan {
        if (handhelds < 2 * WARM_HANDHELDS || media > handhelds || media < WARM_HANDHELDS) {
            throw new IllegalArgumentException(
                    "at least %d handhelds and %d with media"
                            .formatted(2 * WARM_HANDHELDS, WARM_HANDHELDS));
        }
    }

    int activeGroups() {
        return Math.max(1, handhelds / OF_A_GROUP / GROUPS_FOR_ONE_ACTIVE);
    }

    int warmUpSeconds() {
        return quick ? 12 : 60;
    }

    int idleSeconds() {
        return quick ? 10 : 30;
    }

    int conversationSeconds() {
        return quick ? 40 : 240;
    }

    int lateEntries() {
        return quick ? 40 : 200;
    }

    int broadcasts() {
        return quick ? 1 : 5;
    }

    int broadcastSeconds() {
        return quick ? 10 : 20;
    }

    int stormSeconds() {
        return quick ? 8 : 30;
    }
}
