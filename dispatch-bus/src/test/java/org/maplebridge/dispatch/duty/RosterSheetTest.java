package org.maplebridge.dispatch.duty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.duty.RosterSheet.Cause;
import org.maplebridge.dispatch.duty.RosterSheet.Reading;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.Seat.Duty;

class RosterSheetTest {
    private static final Instant NOW = Instant.parse("2026-11-29T04:00:00Z");
    private static final List<String> HEAD = List.of("日期", "岗位", "姓名", "开始", "结束", "备注");

    @Test
    void aNightShiftEndsOnTheNextDay() {
        var read =
                (Reading.Good)
                        read(
                                HEAD,
                                List.of("2026-11-30", "综合协调岗", "张三", "8:00", "20:00", "x"),
                                List.of(),
                                List.of("2026/11/30", "duty_commander", "李四", "20:00", "08:00"));
        assertThat(read.entries()).hasSize(2);
        var day = read.entries().getFirst();
        assertThat(day.post()).isEqualTo(Duty.COORDINATION);
        assertThat(day.from()).isEqualTo("2026-11-30T00:00:00Z");
        assertThat(day.until()).isEqualTo("2026-11-30T12:00:00Z");
        var night = read.entries().getLast();
        assertThat(night.post()).isEqualTo(Duty.DUTY_COMMANDER);
        assertThat(night.line()).isEqualTo(4);
        assertThat(night.until()).isEqualTo("2026-12-01T00:00:00Z");
    }

    @Test
    void whatIsWrongIsNamedWithItsLine() {
        assertThat(read()).isEqualTo(new Reading.Bad(Cause.NO_LINES, 1));
        assertThat(read(HEAD, List.of("", " "))).isEqualTo(new Reading.Bad(Cause.NO_LINES, 1));
        assertThat(read(List.of("日期", "姓名"), List.of("a", "b")))
                .isEqualTo(new Reading.Bad(Cause.COLUMN_MISSING, 1));
        bad(Cause.MALFORMED_CELL, "2026-13-30", "综合协调岗", "张三", "08:00", "20:00");
        bad(Cause.MALFORMED_CELL, "2026-11-30", "收发室", "张三", "08:00", "20:00");
        bad(Cause.MALFORMED_CELL, "2026-11-30", "综合协调岗", "", "08:00", "20:00");
        bad(Cause.MALFORMED_CELL, "2026-11-30", "综合协调岗", "张\t三", "08:00", "20:00");
        bad(Cause.MALFORMED_CELL, "2026-11-30", "综合协调岗", "张三", "25:00", "20:00");
        bad(Cause.FORMULA_CELL, "2026-11-30", "综合协调岗", "=HYPERLINK(1)", "08:00", "20:00");
        bad(Cause.IMPLAUSIBLE_TIME, "2036-11-30", "综合协调岗", "张三", "08:00", "20:00");
    }

    @Test
    void nobodyIsOnDutyForEverOrTakesOverFromThemselves() {
        assertThat(Shift.fault(NOW, NOW, NOW)).contains(Shift.Fault.ENDS_BEFORE_IT_BEGINS);
        assertThat(Shift.fault(NOW, NOW.plus(Shift.LONGEST), NOW)).isEmpty();
        assertThat(Shift.fault(NOW, NOW.plus(Shift.LONGEST).plusSeconds(1), NOW))
                .contains(Shift.Fault.TOO_LONG);
        var note =
                new HandOver("n", new NodeId("xinhe"), "张三", "无", new UserId("xinhe"), NOW, null);
        assertThat(note.mayBeTakenBy(" 张三 ")).isFalse();
        assertThat(note.mayBeTakenBy("李四")).isTrue();
    }

    private static void bad(Cause cause, String... cells) {
        assertThat(read(HEAD, List.of(cells))).isEqualTo(new Reading.Bad(cause, 2));
    }

    @SafeVarargs
    private static Reading read(List<String>... lines) {
        return RosterSheet.read(List.of(lines), ZoneId.of("Asia/Shanghai"), NOW);
    }
}
