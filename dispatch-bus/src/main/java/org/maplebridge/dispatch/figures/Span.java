package org.maplebridge.dispatch.figures;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/// Whole days of a county.
///
/// @param first its first day
/// @param after the day after its last one
/// @param zone where the days begin and end
public record Span(LocalDate first, LocalDate after, ZoneId zone) {
    public Span {
        if (!first.isBefore(after)) {
            throw new IllegalArgumentException("no day in it");
        }
    }

    /// The first moment that belongs to it.
    public Instant from() {
        return first.atStartOfDay(zone).toInstant();
    }

    /// The first moment after it.
    public Instant until() {
        return after.atStartOfDay(zone).toInstant();
    }
}
