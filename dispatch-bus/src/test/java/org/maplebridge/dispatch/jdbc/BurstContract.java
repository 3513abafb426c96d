package org.maplebridge.dispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.burst.Burst;
import org.maplebridge.dispatch.burst.BurstEnd;
import org.maplebridge.dispatch.burst.Turn;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.BurstId;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.order.Author;
import org.maplebridge.dispatch.order.Order;
import org.maplebridge.dispatch.store.BurstQuery;
import org.maplebridge.dispatch.store.BurstQuery.Reader;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// What every record promises of bursts, whichever database keeps it. Each test has groups and
/// units of its own, so that they share one.
abstract class BurstContract {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");

    private final String own = UUID.randomUUID().toString().substring(0, 8);
    private final CallId town = new CallId("town-" + own);
    private final CallId other = new CallId("other-" + own);
    private final UnitId car1 = new UnitId("car1-" + own);
    private final UnitId car2 = new UnitId("car2-" + own);
    private final UnitId room = new UnitId("room-" + own);

    abstract RecordStores store();

    @Test
    void aBurstIsAddedOnceAndComesBackAsItWas() throws RecordUnavailable {
        var spoken = new OrderId("o-" + own);
        var burst = said(0, town, Set.of(town, other), Set.of(), "full.opus", spoken, car1, room);

        assertThat(store().bursts().add(burst, List.of(car2), noted(burst))).isTrue();
        assertThat(store().bursts().add(burst, List.of(car2), noted(burst))).isFalse();

        assertThat(store().bursts().find(burst.id())).contains(burst);
        assertThat(store().bursts().find(new BurstId("none-" + own))).isEmpty();
        var journal = store().journal().about(Subject.of(car1), 0, 10);
        assertThat(journal)
                .extracting(entry -> entry.happening().kind())
                .containsExactly(JournalKind.SPOKEN);
        assertThat(journal.getFirst().happening().subjects())
                .contains(Subject.of(town), Subject.of(spoken));
    }

    @Test
    void aPrivateBurstWithoutSoundByNobodysUnitComesBackToo() throws RecordUnavailable {
        var burst =
                new Burst(
                        new BurstId("private-" + own),
                        town,
                        Set.of(),
                        Set.of(car1, room),
                        new Burst.Talker(new SessionId("s-1"), new UserId("admin"), null),
                        turn(0, BurstEnd.SILENT, Turn.Result.QUEUED),
                        0,
                        null,
                        Set.of(),
                        null,
                        null);

        added(burst);

        assertThat(store().bursts().find(burst.id())).contains(burst);
        assertThat(burst.isPrivate()).isTrue();
        assertThat(burst.isWords()).isFalse();
    }

    @Test
    void aWholeCountyCanHearOneBurst() throws RecordUnavailable {
        UnitId[] county =
                IntStream.range(0, Order.MAX_ASSIGNEES)
                        .mapToObj(i -> new UnitId("handheld-with-a-long-name-" + own + "-" + i))
                        .toArray(UnitId[]::new);

        var burst = added(said(0, town, county));

        assertThat(store().bursts().find(burst.id())).contains(burst);
    }

    @Test
    void aWholeCountyCanMissOneBurst() throws RecordUnavailable {
        var county =
                IntStream.range(0, Order.MAX_ASSIGNEES)
                        .mapToObj(i -> new UnitId("away-" + own + "-" + i))
                        .toList();

        var burst = added(said(0, town, car1), county.toArray(UnitId[]::new));

        assertThat(missed(county.getFirst(), NOON, 9)).containsExactly(burst);
        assertThat(missed(county.getLast(), NOON, 9)).containsExactly(burst);
    }

    @Test
    void whatCouldNotBeHeardIsMissedNewestFirst() throws RecordUnavailable {
        added(said(0, town, car1, car2));
        var first = added(said(1, town, car1), car2, room);
        var joined = said(2, other, Set.of(other, town), Set.of(), null, null, car1);
        added(joined, car2);
        added(said(3, other, car1), car2);
        var last = added(said(4, town, car1), car2);

        assertThat(missed(car2, NOON, 50)).containsExactly(last, joined, first);
        assertThat(missed(car2, NOON, 2)).containsExactly(last, joined);
        assertThat(missed(car2, NOON.plusSeconds(2), 50)).containsExactly(last, joined);
        assertThat(missed(room, NOON, 50)).containsExactly(first);
        assertThat(missed(car1, NOON, 50)).isEmpty();
        assertThat(store().bursts().missed(car2, List.of(), NOON, 50)).isEmpty();
    }

    @Test
    void whatIsMarkedIsMissedNoLongerByThisUnit() throws RecordUnavailable {
        var first = added(said(0, town, car1), car2, room);
        var second = added(said(1, town, car1), car2, room);
        var unknown = new BurstId("unknown-" + own);

        store().bursts().markHeard(car2, List.of(first.id(), unknown, first.id()), NOON);
        store().bursts().markHeard(car2, List.of(first.id()), NOON.plusSeconds(9));

        assertThat(missed(car2, NOON, 50)).containsExactly(second);
        assertThat(missed(room, NOON, 50)).containsExactly(second, first);
        var all = List.of(first.id(), second.id(), unknown);
        assertThat(store().bursts().heard(car2, all)).containsExactly(first.id());
        assertThat(store().bursts().heard(car1, all)).containsOnly(first.id(), second.id());
        assertThat(store().bursts().heard(new UnitId("car1"), all)).as("part of a name").isEmpty();
        assertThat(store().bursts().heard(null, all)).isEmpty();
        assertThat(store().bursts().heard(car1, List.of())).isEmpty();
    }

    @Test
    void afterADayNobodyHasMissedItAnyMore() throws RecordUnavailable {
        var old = added(said(0, town, car1), car2);
        var young = added(said(60, town, car1), car2);

        store().bursts().forgetMissed(old.turn().startedAt().plusSeconds(1));

        assertThat(missed(car2, NOON.minusSeconds(9), 50)).containsExactly(young);
        assertThat(store().bursts().find(old.id())).contains(old);
    }

    @Test
    void aReaderFindsWhatTheyMayReadAndNothingElse() throws RecordUnavailable {
        var inTown = added(said(0, town, car1));
        var elsewhere = added(said(1, other, car1, room));
        var privately =
                added(said(2, new CallId("call-" + own), Set.of(), sides(), null, null, car1));

        assertThat(list(new Reader(Set.of(town), null, false))).containsExactly(inTown);
        assertThat(list(new Reader(Set.of(town, other), null, false)))
                .containsExactly(elsewhere, inTown);
        assertThat(list(new Reader(Set.of(), room, false))).containsExactly(privately, elsewhere);
        assertThat(list(new Reader(Set.of(town), car2, true))).containsExactly(privately, inTown);
        assertThat(list(new Reader(Set.of(), null, false))).isEmpty();
        assertThat(list(query(new Reader(Set.of(), room, false), town, null, -1, 60, 50)))
                .isEmpty();
        assertThat(list(query(new Reader(Set.of(), car1, false), town, null, -1, 60, 50)))
                .containsExactly(inTown);
        var call = privately.call();
        assertThat(list(query(new Reader(Set.of(town), room, false), call, null, -1, 60, 50)))
                .containsExactly(privately);
    }

    @Test
    void aListIsNarrowedByCallTalkerTimeAndNumber() throws RecordUnavailable {
        var first = added(said(0, town, car1));
        var joined = added(said(1, other, Set.of(town, other), Set.of(), null, null, car2));
        var last = added(said(2, other, car1));
        var all = new Reader(Set.of(town, other), null, false);

        assertThat(list(query(all, town, null, 0, 9, 9))).containsExactly(joined, first);
        assertThat(list(query(all, null, car1, 0, 9, 9))).containsExactly(last, first);
        assertThat(list(query(all, other, car2, 0, 9, 9))).containsExactly(joined);
        assertThat(list(query(all, null, null, 1, 2, 9))).containsExactly(joined);
        assertThat(list(query(all, null, null, 0, 9, 2))).containsExactly(last, joined);
    }

    @Test
    void whatIsTooOldIsForgottenWithItsMarksAndAnOrderStays() throws RecordUnavailable {
        var ago = Duration.between(Instant.parse("1999-01-01T00:00:00Z"), NOON).toSeconds();
        var old = added(said(-ago, town, car1), room);
        var older = added(said(-ago - 1, town, Set.of(town, other), Set.of(), null, null));
        var kept = added(said(-ago + 60, town, car1));
        var order = placed(old.id());
        store().bursts().markHeard(car2, List.of(old.id()), NOON);
        var before = old.turn().startedAt().plusSeconds(1);

        assertThat(store().bursts().dropBefore(before, 1)).isEqualTo(1);
        assertThat(store().bursts().find(older.id())).isEmpty();
        assertThat(store().bursts().dropBefore(before, 10)).isEqualTo(1);
        assertThat(store().bursts().dropBefore(before, 10)).isZero();

        assertThat(store().bursts().find(old.id())).isEmpty();
        assertThat(store().bursts().find(kept.id())).contains(kept);
        assertThat(store().orders().find(order.id()).orElseThrow().burst()).isEqualTo(old.id());
    }

    private Order placed(BurstId burst) throws RecordUnavailable {
        var order =
                Order.place(
                                new OrderId("order-" + own),
                                "语音指令 12″",
                                Severity.RED,
                                new Author(new UserId("xinhe"), new NodeId("xinhe"), null),
                                NOON,
                                new GroupId("town"),
                                List.of(car1))
                        .spoken(burst);
        store().orders()
                .place(
                        order,
                        Happening.by(
                                new UserId("xinhe"), NOON, JournalKind.ORDER_PLACED, List.of()));
        return order;
    }

    private List<Burst> missed(UnitId unit, Instant since, int limit) throws RecordUnavailable {
        return store().bursts().missed(unit, List.of(town), since, limit);
    }

    private List<Burst> list(Reader reader) throws RecordUnavailable {
        return list(query(reader, null, null, -1, 60, 50));
    }

    private List<Burst> list(BurstQuery query) throws RecordUnavailable {
        return store().bursts().list(query);
    }

    private static BurstQuery query(
            Reader reader,
            @Nullable CallId call,
            @Nullable UnitId talker,
            int from,
            int until,
            int limit) {
        return new BurstQuery(
                reader, call, talker, NOON.plusSeconds(from), NOON.plusSeconds(until), limit);
    }

    private Burst added(Burst burst, UnitId... missedBy) throws RecordUnavailable {
        assertThat(store().bursts().add(burst, List.of(missedBy), noted(burst))).isTrue();
        return burst;
    }

    private Set<UnitId> sides() {
        return Set.of(car1, room);
    }

    /// By the first of its listeners.
    private Burst said(long second, CallId call, UnitId... listeners) {
        return said(second, call, Set.of(call), Set.of(), null, null, listeners);
    }

    private Burst said(
            long second,
            CallId call,
            Set<CallId> calls,
            Set<UnitId> sides,
            @Nullable String file,
            @Nullable OrderId order,
            UnitId... listeners) {
        @Nullable UnitId unit = listeners.length == 0 ? null : listeners[0];
        return new Burst(
                new BurstId(UUID.randomUUID().toString()),
                call,
                calls,
                sides,
                new Burst.Talker(new SessionId("s-" + own), new UserId("ann"), unit),
                turn(second, BurstEnd.RELEASED, Turn.Result.GRANTED),
                2_340,
                file == null ? null : new Burst.Audio(file, true),
                Arrays.stream(listeners).collect(Collectors.toSet()),
                file == null ? null : new IncidentId("i-" + own),
                order);
    }

    private static Turn turn(long second, BurstEnd end, Turn.Result result) {
        var at = NOON.plusSeconds(second);
        return new Turn(
                Severity.ORANGE, 7, result, at.minusMillis(120), at, at.plusMillis(2_400), end);
    }

    private static Happening noted(Burst burst) {
        var subjects = new java.util.ArrayList<Subject>(List.of(Subject.of(burst.call())));
        if (burst.talker().unit() != null) {
            subjects.add(Subject.of(burst.talker().unit()));
        }
        if (burst.order() != null) {
            subjects.add(Subject.of(burst.order()));
        }
        return Happening.by(
                burst.talker().user(), burst.turn().startedAt(), JournalKind.SPOKEN, subjects);
    }
}
