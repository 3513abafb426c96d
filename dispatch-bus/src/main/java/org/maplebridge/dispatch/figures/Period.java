package org.maplebridge.dispatch.figures;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/// What figures are given for: a day, a week that begins on Monday, or a month, each by the
/// county's calendar.
///
/// Pure.
public enum Period {
    DAY,
    WEEK,
    MONTH;

    /// The one that holds this day.
    public Span around(LocalDate day, ZoneId zone) {
        return switch (this) {
            case DAY -> new Span(day, day.plusDays(1), zone);
            case WEEK -> {
                var monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                yield new Span(monday, monday.plusWeeks(1), zone);
            }
            case MONTH -> {
                var first = day.withDayOfMonth(1);
                yield new Span(first, first.plusMonths(1), zone);
            }
        };
    }
}
