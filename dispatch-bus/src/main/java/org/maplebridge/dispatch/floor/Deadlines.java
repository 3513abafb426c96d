package org.maplebridge.dispatch.floor;

import java.util.Optional;

/// Which of the running timers ends first.
final class Deadlines {
    private Deadlines() {}

    record Next(FloorTimer timer, long atNanos) {}

    static Optional<Next> next(Floor floor) {
        return switch (floor.phase) {
            case Phase.Idle idle ->
                    earlier(
                            running(FloorTimer.T4, idle.inactiveAtNanos()),
                            running(FloorTimer.T7, idle.repeatAtNanos()));
            case Phase.Taken(var talk) ->
                    earlier(
                            earlier(
                                    running(FloorTimer.T1, talk.mediaEndsAtNanos()),
                                    running(FloorTimer.T2, talk.talkEndsAtNanos())),
                            running(FloorTimer.T20, talk.repeatAtNanos()));
            case Phase.Revoking revoking ->
                    earlier(
                            running(FloorTimer.T3, revoking.graceEndsAtNanos()),
                            running(FloorTimer.T8, revoking.repeatAtNanos()));
            case Phase.Start _, Phase.Ended _ -> Optional.empty();
        };
    }

    private static Optional<Next> running(FloorTimer timer, long atNanos) {
        return atNanos == FloorTimer.OFF ? Optional.empty() : Optional.of(new Next(timer, atNanos));
    }

    private static Optional<Next> earlier(Optional<Next> a, Optional<Next> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isPresent() ? a : b;
        }
        return FloorTimer.isEarlier(b.get().atNanos(), a.get().atNanos()) ? b : a;
    }
}
