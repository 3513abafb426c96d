package org.maplebridge.dispatch.figures.meeting;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import org.maplebridge.dispatch.figures.Period;
import org.maplebridge.dispatch.figures.Span;
import org.maplebridge.dispatch.incident.WorkingCalendar;

/// When a meeting comes again: each working day, on one weekday, or on the n-th working day of each
/// month. A weekday that is off is left out: what is not worked is not met.
///
/// Pure.
///
/// @param on of a week: the weekday, 1 for Monday; of a month: which working day, from 1; of a day
///   0
/// @param at by the county's clock
public record Recurrence(Period every, int on, LocalTime at) {
    /// The fewest working days that any month has.
    public static final int LAST_WORKING_DAY = 15;

    /// More than the longest stretch without such a day.
    private static final int FARTHEST_DAYS = 100;

    public Recurrence {
        int most =
                switch (every) {
                    case DAY -> 0;
                    case WEEK -> DayOfWeek.values().length;
                    case MONTH -> LAST_WORKING_DAY;
                };
        if (on > most || on < Math.min(1, most)) {
            throw new IllegalArgumentException("there is no such day: " + on);
        }
    }

    public boolean isOn(LocalDate day, WorkingCalendar calendar) {
        return calendar.isWorked(day)
                && switch (every) {
                    case DAY -> true;
                    case WEEK -> day.getDayOfWeek().getValue() == on;
                    case MONTH -> number(day, calendar) == on;
                };
    }

    /// Which working day of its month this is.
    private static int number(LocalDate day, WorkingCalendar calendar) {
        return (int)
                day.withDayOfMonth(1)
                        .datesUntil(day.plusDays(1))
                        .filter(calendar::isWorked)
                        .count();
    }

    /// The first one that is not before this moment; nothing where the calendar has none for long.
    public Optional<Instant> next(Instant now, WorkingCalendar calendar) {
        var day = now.atZone(calendar.zone()).toLocalDate();
        for (int n = 0; n < FARTHEST_DAYS; n++) {
            var moment = day.plusDays(n).atTime(at).atZone(calendar.zone()).toInstant();
            if (!moment.isBefore(now) && isOn(day.plusDays(n), calendar)) {
                return Optional.of(moment);
            }
        }
        return Optional.empty();
    }

    /// The day on which it is time now, and has been for less than an hour.
    public Optional<LocalDate> due(Instant now, WorkingCalendar calendar) {
        var local = now.atZone(calendar.zone());
        var moment = local.toLocalDate().atTime(at).atZone(calendar.zone()).toInstant();
        boolean isTime = !now.isBefore(moment) && now.isBefore(moment.plusSeconds(3_600));
        return Optional.of(local.toLocalDate()).filter(day -> isTime && isOn(day, calendar));
    }

    /// What is talked about at a meeting on this day: the last working day before, the last week,
    /// the last month.
    public Span about(LocalDate day, WorkingCalendar calendar) {
        return switch (every) {
            case DAY -> {
                var before = day.minusDays(1);
                for (int n = 0; n < FARTHEST_DAYS && !calendar.isWorked(before); n++) {
                    before = before.minusDays(1);
                }
                // What happened on days off in between is part of it.
                yield new Span(before, day, calendar.zone());
            }
            case WEEK -> Period.WEEK.around(day.minusWeeks(1), calendar.zone());
            case MONTH -> Period.MONTH.around(day.minusMonths(1), calendar.zone());
        };
    }
}
