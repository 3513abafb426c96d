package org.maplebridge.dispatch.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Monday 2 to Sunday 8 November 2026, with Tuesday off and Sunday worked for it.
class WorkingCalendarTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final WorkingCalendar CALENDAR =
            new WorkingCalendar(
                    SHANGHAI,
                    Set.of(LocalDate.parse("2026-11-03")),
                    Set.of(LocalDate.parse("2026-11-08")));

    @Test
    void workingDaysLeaveOutWhatIsOffAndTakeInWhatIsWorked() {
        assertThat(after("2026-11-02T15:19", 1)).isEqualTo(at("2026-11-04T15:19"));
        assertThat(after("2026-11-06T15:19", 1)).isEqualTo(at("2026-11-08T15:19"));
        assertThat(after("2026-11-06T15:19", 2)).isEqualTo(at("2026-11-09T15:19"));
        assertThat(after("2026-11-13T23:59", 5)).isEqualTo(at("2026-11-20T23:59"));
    }

    @Test
    void whatBeginsOnADayOffBeginsWithTheNextWorkingDay() {
        assertThat(after("2026-11-14T10:00", 1)).isEqualTo(at("2026-11-17T00:00"));
        assertThat(after("2026-11-03T10:00", 1)).isEqualTo(at("2026-11-05T00:00"));
    }

    @Test
    void minutesRunOnEveryDay() {
        assertThat(CALENDAR.after(at("2026-11-14T23:59"), new TimeLimit(2, 0)))
                .isEqualTo(at("2026-11-15T00:01"));
    }

    @Test
    void aDayIsTheCountysDayNotTheMachines() {
        var lateOnFridayThere = Instant.parse("2026-11-13T15:30:00Z"); // 23:30 in Shanghai
        assertThat(CALENDAR.after(lateOnFridayThere, new TimeLimit(0, 1)))
                .isEqualTo(at("2026-11-16T23:30"));
    }

    @Test
    void aLimitOfNothingIsNone() {
        assertThatThrownBy(() -> new TimeLimit(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TimeLimit(-1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TimeLimit(0, 9_999))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Instant after(String local, int days) {
        return CALENDAR.after(at(local), new TimeLimit(0, days));
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(SHANGHAI).toInstant();
    }
}
