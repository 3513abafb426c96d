package org.maplebridge.dispatch.telemetry;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether a reported position can be true: terminals have wrong clocks, and receivers that have
/// just woken up put a car into the next province.
///
/// Pure.
public final class Plausibility {
    /// A terminal's clock may be a little ahead.
    static final Duration AHEAD = Duration.ofSeconds(60);

    /// What is older is no news; a terminal that was without a network says where it is now.
    static final Duration BEHIND = Duration.ofMinutes(10);

    /// No unit of a county drives, or flies, faster.
    static final double METRES_PER_SECOND = 400_000.0 / 3_600;

    /// As much of a receiver's own word as counts: who is sure of nothing has not moved anywhere.
    static final double MOST_ACCURACY_METRES = 200;

    /// What a receiver in a street is good for when it does not say.
    static final double USUAL_ACCURACY_METRES = 30;

    private Plausibility() {}

    public enum Verdict {
        PLAUSIBLE,
        FROM_THE_FUTURE,
        TOO_OLD,
        /// Nobody gets from the last place to this one in the time between.
        TOO_FAST
    }

    /// @param last what was believed before
    public static Verdict of(Position position, @Nullable Position last, Instant now) {
        if (position.at().isAfter(now.plus(AHEAD))) {
            return Verdict.FROM_THE_FUTURE;
        }
        if (position.at().isBefore(now.minus(BEHIND))) {
            return Verdict.TOO_OLD;
        }
        return last == null || isReached(last, position) ? Verdict.PLAUSIBLE : Verdict.TOO_FAST;
    }

    /// Both places are circles: what lies between their rims has to be driven.
    private static boolean isReached(Position from, Position to) {
        double seconds = Math.abs(Duration.between(from.at(), to.at()).toMillis()) / 1_000.0;
        double metres = from.point().metresTo(to.point()) - radius(from) - radius(to);
        return metres <= seconds * METRES_PER_SECOND;
    }

    private static double radius(Position position) {
        @Nullable Double said = position.accuracyMetres();
        return said == null ? USUAL_ACCURACY_METRES : Math.clamp(said, 0, MOST_ACCURACY_METRES);
    }
}
