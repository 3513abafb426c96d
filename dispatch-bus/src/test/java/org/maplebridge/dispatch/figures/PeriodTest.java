package org.maplebridge.dispatch.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class PeriodTest {
    private static final ZoneId COUNTY = ZoneId.of("Asia/Shanghai");

    @Test
    void aDayBeginsAtTheCountysMidnight() {
        var day = Period.DAY.around(LocalDate.parse("2026-11-29"), COUNTY);
        assertThat(day.from()).isEqualTo("2026-11-28T16:00:00Z");
        assertThat(day.until()).isEqualTo("2026-11-29T16:00:00Z");
    }

    @Test
    void aWeekBeginsOnMondayAlsoAcrossTheYear() {
        var week = Period.WEEK.around(LocalDate.parse("2027-01-01"), COUNTY);
        assertThat(week.first()).isEqualTo("2026-12-28");
        assertThat(week.after()).isEqualTo("2027-01-04");
        var monday = LocalDate.parse("2026-11-23");
        assertThat(Period.WEEK.around(monday, COUNTY).first()).isEqualTo(monday);
        assertThat(Period.WEEK.around(monday.minusDays(1), COUNTY).after()).isEqualTo(monday);
    }

    @Test
    void aMonthHasItsOwnLength() {
        var february = Period.MONTH.around(LocalDate.parse("2028-02-29"), COUNTY);
        assertThat(february.first()).isEqualTo("2028-02-01");
        assertThat(february.after()).isEqualTo("2028-03-01");
    }

    @Test
    void aDayOfChangedClocksIsAsLongAsItIs() {
        var day = Period.DAY.around(LocalDate.parse("2026-03-29"), ZoneId.of("Europe/Berlin"));
        assertThat(day.until().getEpochSecond() - day.from().getEpochSecond())
                .isEqualTo(23 * 3_600);
    }

    @Test
    void aSpanOfNoDaysIsNone() {
        var day = LocalDate.parse("2026-11-29");
        assertThatThrownBy(() -> new Span(day, day, COUNTY))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
