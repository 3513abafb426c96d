package org.maplebridge.dispatch.figures.meeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.figures.Period;
import org.maplebridge.dispatch.figures.Span;
import org.maplebridge.dispatch.incident.WorkingCalendar;

/// National day 2026: 1 to 7 October are off, Saturday the 10th is worked for it.
class RecurrenceTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final LocalTime NINE = LocalTime.of(9, 0);
    private static final WorkingCalendar CALENDAR =
            new WorkingCalendar(
                    ZONE, Set.copyOf(day(1).datesUntil(day(8)).toList()), Set.of(day(10)));
    private static final Recurrence DAILY = new Recurrence(Period.DAY, 0, NINE);
    private static final Recurrence MONDAYS = new Recurrence(Period.WEEK, 1, NINE);
    private static final Recurrence THIRD = new Recurrence(Period.MONTH, 3, NINE);

    @Test
    void eachWorkingDayAlsoTheSaturdayThatIsWorked() {
        assertThat(DAILY.next(at(1, 8), CALENDAR)).contains(at(8, 9));
        assertThat(DAILY.next(at(8, 9), CALENDAR)).as("now is not before now").contains(at(8, 9));
        assertThat(DAILY.next(at(9, 10), CALENDAR)).contains(at(10, 9));
        assertThat(DAILY.next(at(10, 10), CALENDAR)).contains(at(12, 9));
    }

    @Test
    void aWeekdayThatIsOffIsLeftOut() {
        assertThat(MONDAYS.next(at(1, 8), CALENDAR)).as("the 5th is off").contains(at(12, 9));
    }

    @Test
    void theThirdWorkingDayOfAMonthThatBeginsWithAWeekOff() {
        assertThat(THIRD.next(at(1, 0), CALENDAR)).as("8th, 9th, 10th").contains(at(10, 9));
        assertThat(THIRD.next(at(10, 10), CALENDAR))
                .as("2nd, 3rd, 4th of November")
                .contains(LocalDate.of(2026, 11, 4).atTime(NINE).atZone(ZONE).toInstant());
    }

    @Test
    void itIsTimeForAnHourOnThatDayAlone() {
        assertThat(MONDAYS.due(at(12, 9).minusSeconds(1), CALENDAR)).isEmpty();
        assertThat(MONDAYS.due(at(12, 9), CALENDAR)).contains(day(12));
        assertThat(MONDAYS.due(at(12, 10).minusSeconds(1), CALENDAR)).contains(day(12));
        assertThat(MONDAYS.due(at(12, 10), CALENDAR)).isEmpty();
        assertThat(MONDAYS.due(at(5, 9), CALENDAR)).as("off").isEmpty();
        assertThat(MONDAYS.due(at(13, 9), CALENDAR)).as("a Tuesday").isEmpty();
    }

    @Test
    void itIsAboutWhatWasSinceTheLastOne() {
        assertThat(DAILY.about(day(8), CALENDAR))
                .as("with the whole week off")
                .isEqualTo(new Span(LocalDate.of(2026, 9, 30), day(8), ZONE));
        assertThat(DAILY.about(day(9), CALENDAR)).isEqualTo(new Span(day(8), day(9), ZONE));
        assertThat(MONDAYS.about(day(12), CALENDAR)).isEqualTo(new Span(day(5), day(12), ZONE));
        assertThat(THIRD.about(day(10), CALENDAR))
                .isEqualTo(new Span(LocalDate.of(2026, 9, 1), LocalDate.of(2026, 10, 1), ZONE));
    }

    @Test
    void aDayThatIsNoneIsNoRule() {
        assertThatThrownBy(() -> new Recurrence(Period.WEEK, 8, NINE))
                .hasMessage("there is no such day: 8");
        assertThatThrownBy(() -> new Recurrence(Period.WEEK, 0, NINE)).hasMessageContaining("0");
        assertThatThrownBy(() -> new Recurrence(Period.MONTH, 16, NINE)).hasMessageContaining("16");
        assertThatThrownBy(() -> new Recurrence(Period.DAY, 1, NINE)).hasMessageContaining("1");
    }

    @Test
    void aCalendarWithoutWorkingDaysHasNoMeeting() {
        var never =
                new WorkingCalendar(
                        ZONE,
                        Set.copyOf(day(1).datesUntil(day(1).plusYears(1)).toList()),
                        Set.of());
        assertThat(DAILY.next(at(1, 0), never)).isEmpty();
    }

    private static LocalDate day(int day) {
        return LocalDate.of(2026, 10, day);
    }

    private static Instant at(int day, int hour) {
        return day(day).atTime(hour, 0).atZone(ZONE).toInstant();
    }
}
