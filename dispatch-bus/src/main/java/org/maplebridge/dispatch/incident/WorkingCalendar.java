package org.maplebridge.dispatch.incident;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/// Which days people work: Monday to Friday, without the public holidays, and with the weekend days
/// that were moved for them. Both are data, announced year by year; a year without data has its
/// weekends only.
///
/// Pure.
///
/// @param zone where the days begin and end
public record WorkingCalendar(ZoneId zone, Set<LocalDate> off, Set<LocalDate> worked) {
    /// No holiday lasts nearly as long.
    private static final int LONGEST_REST_DAYS = 60;

    public WorkingCalendar {
        off = Set.copyOf(off);
        worked = Set.copyOf(worked);
    }

    public boolean isWorked(LocalDate day) {
        if (worked.contains(day)) {
            return true;
        }
        boolean weekend =
                day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
        return !weekend && !off.contains(day);
    }

    /// Two working days from Thursday 15:19 are over on Monday at 15:19. What begins on a day off
    /// begins with the next working day's first minute.
    public Instant after(Instant start, TimeLimit limit) {
        var from = start.plusSeconds(limit.minutes() * 60L);
        if (limit.workingDays() == 0) {
            return from;
        }
        ZonedDateTime at = from.atZone(zone);
        if (!isWorked(at.toLocalDate())) {
            at = next(at.toLocalDate()).atTime(LocalTime.MIN).atZone(zone);
        }
        LocalDate day = at.toLocalDate();
        for (int n = 0; n < limit.workingDays(); n++) {
            day = next(day);
        }
        return day.atTime(at.toLocalTime()).atZone(zone).toInstant();
    }

    private LocalDate next(LocalDate day) {
        LocalDate next = day.plusDays(1);
        for (int n = 0; n < LONGEST_REST_DAYS && !isWorked(next); n++) {
            next = next.plusDays(1);
        }
        return next;
    }
}
