package org.maplebridge.dispatch.incident.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.GeoPoint;

/// When a unit's own word of where it is shows that it has come: near enough, said lately, and not
/// just driving by.
///
/// Pure.
///
/// @param withinMetres of the incident's point
/// @param freshFor what was said before that shows nothing
/// @param slowerThanKmh over the last points of its way
public record ArrivalRules(int withinMetres, Duration freshFor, int slowerThanKmh) {
    /// Points further apart in time say nothing about how fast it is now.
    private static final Duration ONE_MOVE = Duration.ofSeconds(60);

    /// Receivers that stand still wander by some metres within a second.
    private static final Duration SHORTEST = Duration.ofSeconds(2);

    private static final double KMH_PER_METRE_A_SECOND = 3.6;

    public record Sighting(GeoPoint point, Instant at) {}

    /// What is wrong; the word is what the wire says.
    public enum Fault {
        /// The incident has no point.
        NO_POINT("no-point"),
        NO_POSITION("no-position"),
        TOO_OLD("too-old"),
        TOO_FAR("too-far"),
        TOO_FAST("too-fast");

        private final String word;

        Fault(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /// @param fault absent when it has come
    /// @param metres from the incident, where both places are known
    public record Verdict(@Nullable Fault fault, @Nullable Integer metres) {}

    /// @param place of the incident
    /// @param way where the unit was lately, oldest first; the last is where it is
    public Verdict judge(@Nullable GeoPoint place, List<Sighting> way, Instant now) {
        if (place == null) {
            return new Verdict(Fault.NO_POINT, null);
        }
        if (way.isEmpty()) {
            return new Verdict(Fault.NO_POSITION, null);
        }
        var last = way.getLast();
        int metres = (int) Math.round(last.point().metresTo(place));
        if (last.at().isBefore(now.minus(freshFor))) {
            return new Verdict(Fault.TOO_OLD, metres);
        }
        if (metres > withinMetres) {
            return new Verdict(Fault.TOO_FAR, metres);
        }
        return new Verdict(isFast(way) ? Fault.TOO_FAST : null, metres);
    }

    private boolean isFast(List<Sighting> way) {
        var last = way.getLast();
        for (var before : way.subList(0, way.size() - 1).reversed()) {
            var took = Duration.between(before.at(), last.at());
            if (took.compareTo(ONE_MOVE) > 0) {
                return false;
            }
            if (took.compareTo(SHORTEST) >= 0) {
                double seconds = took.toMillis() / 1_000.0;
                double metres = before.point().metresTo(last.point());
                return metres / seconds * KMH_PER_METRE_A_SECOND >= slowerThanKmh;
            }
        }
        return false;
    }
}
