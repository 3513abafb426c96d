package org.maplebridge.dispatch.jdbc.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.duty.HandOver;
import org.maplebridge.dispatch.duty.Shift;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.Seat.Duty;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.duty.DutyStore;
import org.maplebridge.dispatch.store.duty.DutyStore.Change;
import org.springframework.dao.DuplicateKeyException;

/// What every record promises of rosters and of what shifts tell each other.
abstract class DutyContract {
    private static final Instant NOON = Instant.parse("2026-11-29T04:00:00Z");
    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");

    private final String own = UUID.randomUUID().toString().substring(0, 8);
    private final NodeId node = new NodeId("town-" + own);

    abstract RecordStores store();

    private DutyStore duty() {
        return store().duty();
    }

    @Test
    void aShiftIsThereOnceHoweverOftenItIsSent() throws RecordUnavailable {
        var shift = shift("1", "张三", 0, 8);
        assertThat(duty().add(shift)).isEqualTo(new Change.Kept(shift));
        assertThat(duty().add(shift)).isEqualTo(new Change.Repeated(shift));
        assertThat(duty().add(shift("1", "李四", 0, 8))).isEqualTo(new Change.Overtaken(shift));
        assertThat(duty().shifts(List.of(node), NOON, NOON.plusSeconds(1), 9))
                .containsExactly(shift);
    }

    @Test
    void ofTwoWhoChangeItOneIsToldWhoWasFirst() throws RecordUnavailable {
        duty().add(shift("1", "张三", 0, 8));
        var first = (Change.Kept) duty().replace(shift("1", "李四", 0, 8, BOB, 0));
        assertThat(first.shift().version()).isEqualTo(1);

        var second = (Change.Overtaken) duty().replace(shift("1", "王五", 0, 8));
        assertThat(second.shift().changedBy()).isEqualTo(BOB);
        assertThat(second.shift().person()).isEqualTo("李四");
        assertThat(duty().replace(shift("1", "李四", 0, 8))).isInstanceOf(Change.Repeated.class);
        assertThat(duty().replace(shift("9", "x", 0, 8))).isInstanceOf(Change.Unknown.class);
    }

    @Test
    void whatWasTakenOffDoesNotComeBack() throws RecordUnavailable {
        var shift = shift("1", "张三", 0, 8);
        duty().add(shift);
        assertThat(duty().remove(shift.id(), 7, BOB, NOON)).isInstanceOf(Change.Overtaken.class);
        assertThat(duty().remove(shift.id(), 0, BOB, NOON)).isInstanceOf(Change.Kept.class);
        assertThat(duty().remove(shift.id(), 0, BOB, NOON)).isInstanceOf(Change.Repeated.class);
        var late = (Change.Overtaken) duty().add(shift);
        assertThat(late.shift().changedBy()).isEqualTo(BOB);
        assertThat(duty().replace(shift("1", "李四", 0, 8))).isInstanceOf(Change.Overtaken.class);
        assertThat(duty().shift(shift.id())).isEmpty();
        assertThat(duty().shifts(List.of(node), NOON, NOON.plusSeconds(1), 9)).isEmpty();
    }

    @Test
    void aShiftEndsBeforeTheNextBegins() throws RecordUnavailable {
        var day = shift("1", "张三", 0, 8);
        var night = shift("2", "李四", 8, 20);
        duty().addAll(List.of(night, day));
        var change = NOON.plusSeconds(8 * 3_600);
        assertThat(duty().shifts(List.of(node), change.minusSeconds(1), change, 9))
                .containsExactly(day);
        assertThat(duty().shifts(List.of(node), change, change.plusSeconds(1), 9))
                .containsExactly(night);
        assertThat(duty().shifts(List.of(node), NOON, change.plusSeconds(1), 9))
                .containsExactly(day, night);
        assertThat(duty().shifts(List.of(new NodeId("other")), NOON, change, 9)).isEmpty();
    }

    @Test
    void anImportIsTakenWholeOrNotAtAll() throws RecordUnavailable {
        duty().add(shift("1", "张三", 0, 8));
        assertThatThrownBy(
                        () -> duty().addAll(List.of(shift("2", "李四", 0, 8), shift("1", "x", 0, 8))))
                .isInstanceOf(DuplicateKeyException.class);
        assertThat(duty().shift("s-2-" + own)).isEmpty();
    }

    @Test
    void aNoteIsWrittenOnceAndTakenOverOnce() throws RecordUnavailable {
        var note = note("1", "无异常");
        assertThat(duty().write(note)).isEqualTo(note);
        assertThat(duty().write(note)).isEqualTo(note);
        assertThat(duty().write(note("1", "别的"))).isEqualTo(note);
        var taken = new HandOver.Taken("李四", BOB, NOON.plusSeconds(60));
        assertThat(duty().take(note.id(), taken)).isTrue();
        assertThat(duty().take(note.id(), new HandOver.Taken("王五", ANN, NOON))).isFalse();
        assertThat(duty().handOvers(List.of(node), 9))
                .containsExactly(
                        new HandOver(note.id(), node, note.from(), note.text(), ANN, NOON, taken));
        assertThat(duty().take("nothing-" + own, taken)).isFalse();
    }

    private HandOver note(String id, String text) {
        return new HandOver("n-" + id + "-" + own, node, "张三", text, ANN, NOON, null);
    }

    private Shift shift(String id, String person, int fromHour, int untilHour) {
        return shift(id, person, fromHour, untilHour, ANN, 0);
    }

    private Shift shift(
            String id, String person, int fromHour, int untilHour, UserId by, long version) {
        return new Shift(
                "s-" + id + "-" + own,
                node,
                Duty.COORDINATION,
                person,
                NOON.plusSeconds(fromHour * 3_600L),
                NOON.plusSeconds(untilHour * 3_600L),
                by,
                NOON,
                version);
    }
}
