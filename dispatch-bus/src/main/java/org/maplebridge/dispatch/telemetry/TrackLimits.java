package org.maplebridge.dispatch.telemetry;

import java.time.Duration;

/// How much of a track is kept.
///
/// @param age what is older goes
/// @param pointsOfUnit of one unit; the oldest go
/// @param points of all units together in this process's memory: beyond, a unit's newest point
///   takes the place of its oldest one
public record TrackLimits(Duration age, int pointsOfUnit, int points) {
    /// A day, and some three hours of driving in it. Two million points are 40 MB.
    public static final TrackLimits STANDARD =
            new TrackLimits(Duration.ofHours(24), 10_000, 2_000_000);

    public TrackLimits {
        if (!age.isPositive() || pointsOfUnit < 1 || points < 1) {
            throw new IllegalArgumentException("a track needs some room");
        }
    }
}
