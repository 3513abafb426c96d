package org.maplebridge.dispatch.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;

/// What every bus promises on one member.
public abstract class BusContract {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.000000123Z");
    private static final MemberId ELSEWHERE = new MemberId("elsewhere");

    /// Makes ids of one test unknown to the others, which may share the bus.
    private final String mark = "t" + COUNT.incrementAndGet() + "-";

    protected abstract DispatchBus bus();

    @Test
    void whatOnePublisherSaysOnATopicArrivesOnceAndInOrder() throws Exception {
        BlockingQueue<Envelope> heard = new LinkedBlockingQueue<>();
        var sent = new ArrayList<Envelope>();
        try (Subscription _ = bus().subscribe(Topic.ORDERS, heard::add)) {
            for (int i = 0; i < 500; i++) {
                var envelope = envelope("o-" + i, Map.of("步骤", "a=b\n" + i, "empty", ""));
                sent.add(envelope);
                bus().publish(Topic.ORDERS, envelope);
            }

            assertThat(take(heard, 500)).isEqualTo(sent);
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void aTopicIsHeardByItsListenersUntilTheyStop() throws Exception {
        BlockingQueue<Envelope> first = new LinkedBlockingQueue<>();
        BlockingQueue<Envelope> second = new LinkedBlockingQueue<>();
        BlockingQueue<Envelope> other = new LinkedBlockingQueue<>();
        Subscription leaving = bus().subscribe(Topic.UNITS, first::add);
        try (Subscription _ = bus().subscribe(Topic.UNITS, second::add);
                Subscription _ = bus().subscribe(Topic.CALLS, other::add)) {
            bus().publish(Topic.UNITS, envelope("one", Map.of()));
            assertThat(take(first, 1)).hasSize(1);
            leaving.close();
            leaving.close();
            bus().publish(Topic.UNITS, envelope("two", Map.of()));

            assertThat(take(second, 2)).extracting(Envelope::subject).containsExactly("one", "two");
            assertThat(first).isEmpty();
            assertThat(other).isEmpty();
        }
    }

    @Test
    void whatIsSentToAMemberComesToItAloneAndInOrder() throws Exception {
        BlockingQueue<Envelope> heard = new LinkedBlockingQueue<>();
        var sent = new ArrayList<Envelope>();
        try (Subscription _ = bus().subscribe(Topic.FLOORS, heard::add)) {
            for (int i = 0; i < 100; i++) {
                bus().send(ELSEWHERE, Topic.FLOORS, envelope("lost-" + i, Map.of()));
                sent.add(envelope("f-" + i, Map.of()));
                bus().send(bus().self(), Topic.FLOORS, sent.getLast());
            }

            assertThat(take(heard, 100)).isEqualTo(sent);
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void oneMemberDecidesUntilAnotherTakesOver() {
        var call = new CallId(mark + "call");
        var arbiters = bus().arbiters();
        assertThat(arbiters.at(call)).isEmpty();

        var first = arbiters.seat(call, ELSEWHERE);
        assertThat(first).isEqualTo(new Arbiter(call, ELSEWHERE, 1));
        assertThat(arbiters.seat(call, bus().self())).isEqualTo(first);

        var second = arbiters.takeOver(first, bus().self());
        assertThat(second).isEqualTo(new Arbiter(call, bus().self(), 2));
        assertThat(arbiters.takeOver(first, ELSEWHERE)).isEqualTo(second); // too late
        arbiters.vacate(first);
        assertThat(arbiters.at(call)).contains(second);

        arbiters.vacate(second);
        assertThat(arbiters.at(call)).isEmpty();
        assertThat(arbiters.takeOver(second, ELSEWHERE).term()).isEqualTo(3);
    }

    @Test
    void aNewerSessionTakesThePlaceAndTheOlderOneCannotGiveItBack() {
        Connection older = connection("console", "s1", "car1");
        Connection newer = connection("console", "s2", "car1");

        assertThat(bus().presence().claim(older)).isEmpty();
        assertThat(bus().presence().claim(older)).isEmpty();
        assertThat(bus().presence().claim(newer)).contains(older);

        assertThat(bus().presence().release(older)).isFalse();
        assertThat(bus().presence().at(newer.place())).contains(newer);
        assertThat(bus().presence().release(newer)).isTrue();
        assertThat(bus().presence().at(newer.place())).isEmpty();
        assertThat(bus().presence().release(newer)).isFalse();
    }

    @Test
    void renewingBringsBackWhatWasForgottenAndTellsWhatWasTaken() {
        Connection kept = connection("a", "s1", "car1");
        Connection forgotten = connection("b", "s2", "car1");
        Connection lost = connection("c", "s3", "car1");
        bus().presence().claim(kept);
        bus().presence().claim(lost);
        bus().presence().claim(connection("c", "s4", "car1"));

        List<Connection> taken = bus().presence().renew(List.of(kept, forgotten, lost));

        assertThat(taken).containsExactly(lost);
        assertThat(bus().presence().at(forgotten.place())).contains(forgotten);
        assertThat(bus().presence().renew(List.of())).isEmpty();
    }

    @Test
    void connectionsAreFoundByUnitAndByUser() {
        Connection car = connection("a", "s1", "car1");
        Connection room = connection("b", "s2", "room");
        var nobody =
                new Connection(
                        mark + "c",
                        new SessionId(mark + "s3"),
                        new UserId(mark + "admin"),
                        null,
                        bus().self(),
                        NOON);
        List.of(car, room, nobody).forEach(bus().presence()::claim);

        assertThat(bus().presence().ofUnit(new UnitId(mark + "car1"))).containsExactly(car);
        assertThat(bus().presence().ofUser(new UserId(mark + "admin"))).containsExactly(nobody);
        assertThat(bus().presence().all()).contains(car, room, nobody);
        assertThat(bus().presence().ofUnit(new UnitId("nobody"))).isEmpty();
    }

    @Test
    void aFloorGoesToTheHigherEpochOnly() {
        var call = new CallId(mark + "group");
        var first = new FloorHolder(call, 1, new SessionId("ann"), bus().self());
        var third = new FloorHolder(call, 3, new SessionId("bob"), ELSEWHERE);

        assertThat(take(first)).isEqualTo(first);
        assertThat(take(third)).isEqualTo(third);
        assertThat(take(new FloorHolder(call, 2, new SessionId("eve"), bus().self())))
                .isEqualTo(third);
        assertThat(take(new FloorHolder(call, 3, new SessionId("eve"), bus().self())))
                .isEqualTo(third);
        assertThat(bus().floors().heldBy(ELSEWHERE)).contains(third);

        assertThat(bus().floors().free(call, 1)).isFalse();
        assertThat(bus().floors().free(call, 3)).isTrue();
        assertThat(bus().floors().free(call, 3)).isFalse();
        assertThat(bus().floors().at(call)).contains(third.freed());
        assertThat(bus().floors().heldBy(ELSEWHERE)).doesNotContain(third);

        bus().floors().forget(call);
        assertThat(bus().floors().at(call)).isEmpty();
    }

    @Test
    void theDirectoryKnowsTheNewestStreamOfAUnit() {
        LiveSource old = source("s1", Map.of("camera", "back"));
        LiveSource changed = source("s1", Map.of("camera", "front", "muted", "true"));
        LiveSource other = source("s2", Map.of());

        assertThat(bus().sources().announce(old)).isEmpty();
        assertThat(bus().sources().announce(changed)).isEmpty();
        assertThat(bus().sources().announce(other)).contains(changed);

        assertThat(bus().sources().withdraw(other.unit(), "s1")).isFalse();
        assertThat(bus().sources().all()).contains(other);
        assertThat(bus().sources().of(other.unit())).isEqualTo(Optional.of(other));
        assertThat(bus().sources().withdraw(other.unit(), "s2")).isTrue();
        assertThat(bus().sources().of(other.unit())).isEmpty();
    }

    @Test
    void aNodesNewestCardStandsAndCardsOfStrangersAreKnownByAddressOnly() {
        var first = new NodeCard(bus().self(), "https://" + mark + "a", NodeCard.State.UP, 0.25);
        var next = new NodeCard(bus().self(), first.url(), NodeCard.State.DRAINING, 1);
        var gone = new NodeCard(ELSEWHERE, "https://" + mark + "b", NodeCard.State.UP, 0);

        bus().nodes().announce(first);
        assertThat(bus().nodes().present()).contains(first);
        bus().nodes().announce(next);
        bus().nodes().announce(gone);

        assertThat(bus().nodes().present()).contains(next).doesNotContain(first, gone);
        assertThat(bus().nodes().addresses()).contains(next.url(), gone.url());
    }

    @Test
    void anEstateIsKeptAsItWasLastSaid() {
        var estates = bus().estates();
        var none = estate();
        var some = estate("town", "county");
        assertThat(estates.of(mark + "key")).isEmpty();

        estates.keep(mark + "key", none);
        assertThat(estates.of(mark + "key")).contains(none);
        estates.keep(mark + "key", some);
        estates.letGo(mark + "key");
        estates.orphan(ELSEWHERE);
        assertThat(estates.of(mark + "key")).contains(some);

        estates.forget(mark + "key");
        assertThat(estates.of(mark + "key")).isEmpty();
        estates.letGo(mark + "key");
        estates.renew(Map.of(mark + "key", some));
        assertThat(estates.of(mark + "key")).contains(some);
    }

    @Test
    void anEstateIsBounded() {
        var many = new String[1_000];
        Arrays.setAll(many, i -> "g" + i);

        assertThat(estate(many).groups())
                .hasSize(Estate.MOST_GROUPS)
                .startsWith(new GroupId("g0"), new GroupId("g1"));
    }

    @Test
    void theMemberKnowsItself() {
        assertThat(bus().members()).contains(bus().self());
    }

    private FloorHolder take(FloorHolder wanted) {
        return bus().floors()
                .take(
                        wanted.call(),
                        wanted.epoch(),
                        java.util.Objects.requireNonNull(wanted.holder()),
                        wanted.member());
    }

    private Envelope envelope(String subject, Map<String, String> fields) {
        return new Envelope(bus().self(), "changed", subject, fields);
    }

    private Connection connection(String place, String session, String unit) {
        return new Connection(
                mark + place,
                new SessionId(mark + session),
                new UserId(mark + unit),
                new UnitId(mark + unit),
                bus().self(),
                NOON);
    }

    private Estate estate(String... groups) {
        return new Estate(
                bus().self(),
                new SessionId(mark + "s1"),
                new UserId(mark + "ann"),
                true,
                Arrays.stream(groups).map(GroupId::new).toList());
    }

    private LiveSource source(String session, Map<String, String> attributes) {
        return new LiveSource(new UnitId(mark + "car1"), session, bus().self(), NOON, attributes);
    }

    static <T> List<T> take(BlockingQueue<T> queue, int count) throws InterruptedException {
        var taken = new ArrayList<T>();
        while (taken.size() < count) {
            T next = queue.poll(10, TimeUnit.SECONDS);
            assertThat(next).as("number %d of %d", taken.size() + 1, count).isNotNull();
            taken.add(next);
        }
        return taken;
    }
}
