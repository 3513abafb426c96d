package org.maplebridge.dispatch.telemetry;

import java.time.Duration;
import java.time.Instant;
import org.maplebridge.dispatch.model.GeoPoint;

/// A unit that was found in a search round a place.
public record Near(Position position, double metres) {
    public static Near of(Position position, GeoPoint to) {
        return new Near(position, position.point().metresTo(to));
    }

    /// How old the news is; nothing when the terminal's clock is ahead.
    public Duration age(Instant now) {
        var age = Duration.between(position.at(), now);
        return age.isNegative() ? Duration.ZERO : age;
    }
}
