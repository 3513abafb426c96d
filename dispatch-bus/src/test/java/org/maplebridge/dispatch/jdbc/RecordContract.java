package org.maplebridge.dispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.demo.DemoCounty;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalEntry;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.SeatId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.order.Assignment;
import org.maplebridge.dispatch.order.Author;
import org.maplebridge.dispatch.order.Order;
import org.maplebridge.dispatch.order.OrderStep;
import org.maplebridge.dispatch.order.OrderWorkflow;
import org.maplebridge.dispatch.order.Report;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.Account;
import org.maplebridge.dispatch.store.ApiKey;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.IncidentQuery;
import org.maplebridge.dispatch.store.OrderStore.Placing;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.SessionToken;

/// What every record promises, whichever database keeps it. Each test gets an empty one.
abstract class RecordContract {
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");
    static final UserId ROOM = new UserId("xinhe");
    static final UnitId CAR1 = new UnitId("car1");
    static final UnitId CAR2 = new UnitId("car2");

    abstract RecordStores store();

    @Test
    void anAccountIsMadeOnceAndFoundAsItWasMade() throws RecordUnavailable {
        var account = new Account(ROOM, "$2a$10$hash", true, 2, NOON);

        assertThat(store().accounts().create(account)).isTrue();
        assertThat(store().accounts().create(Account.of(ROOM, "other"))).isFalse();

        assertThat(store().accounts().find(ROOM)).contains(account);
        assertThat(store().accounts().find(new UserId("nobody"))).isEmpty();
    }

    @Test
    void wrongPasswordsThatComeAtOnceAreAllCounted() throws Exception {
        store().accounts().create(Account.of(ROOM, "hash"));

        atOnce(
                8,
                () -> {
                    for (int i = 0; i < 10; i++) {
                        store().accounts().countFailure(ROOM);
                    }
                    return true;
                });

        assertThat(store().accounts().find(ROOM).orElseThrow().failures()).isEqualTo(80);
        store().accounts().lock(ROOM, NOON);
        assertThat(store().accounts().find(ROOM).orElseThrow().lockedUntil()).isEqualTo(NOON);
        store().accounts().clearFailures(ROOM);
        assertThat(store().accounts().find(ROOM)).contains(Account.of(ROOM, "hash"));
    }

    @Test
    void passwordAndDoorCanBeChanged() throws RecordUnavailable {
        store().accounts().create(Account.of(ROOM, "old"));

        store().accounts().setPassword(ROOM, "new");
        store().accounts().setEnabled(ROOM, false);

        assertThat(store().accounts().find(ROOM))
                .contains(new Account(ROOM, "new", false, 0, null));
    }

    @Test
    void aTokenIsGoodUntilItExpiresOrIsRevoked() throws RecordUnavailable {
        var accounts = store().accounts();
        var token = new SessionToken("sha256:1", ROOM, NOON, NOON.plusSeconds(60));
        accounts.saveToken(token);
        accounts.saveToken(new SessionToken("sha256:2", ROOM, NOON, NOON.plusSeconds(99)));
        accounts.saveToken(
                new SessionToken("sha256:3", new UserId("zeguo"), NOON, NOON.plusSeconds(99)));

        assertThat(accounts.findToken("sha256:1", NOON.plusSeconds(59))).contains(token);
        assertThat(accounts.findToken("sha256:1", NOON.plusSeconds(60))).isEmpty();
        assertThat(accounts.dropExpiredTokens(NOON.plusSeconds(60))).isEqualTo(1);
        accounts.revokeTokens(ROOM);
        assertThat(accounts.findToken("sha256:2", NOON)).isEmpty();
        accounts.revokeToken("sha256:3");
        assertThat(accounts.findToken("sha256:3", NOON)).isEmpty();
    }

    @Test
    void aRevokedKeyOpensNothing() throws RecordUnavailable {
        var key =
                new ApiKey(
                        "key-1",
                        "sha256:k",
                        "高点监控 camera",
                        Set.of("whip", "whep"),
                        Set.of("xinhe-camera1", "car1"),
                        new UserId("admin"),
                        NOON,
                        null);
        store().apiKeys().save(key);

        assertThat(store().apiKeys().findByHash("sha256:k")).contains(key);
        assertThat(key.allows("whip", "car1")).isTrue();
        assertThat(key.allows("whip", "car2")).isFalse();

        assertThat(store().apiKeys().revoke("key-1", NOON.plusSeconds(1))).isTrue();
        assertThat(store().apiKeys().revoke("key-1", NOON.plusSeconds(2))).isTrue();
        assertThat(store().apiKeys().revoke("key-2", NOON)).isFalse();
        ApiKey revoked = store().apiKeys().findByHash("sha256:k").orElseThrow();
        assertThat(revoked.revokedAt()).isEqualTo(NOON.plusSeconds(1));
        assertThat(revoked.allows("whip", "car1")).isFalse();
        assertThat(store().apiKeys().list()).containsExactly(revoked);
    }

    @Test
    void theOrganisationComesBackAsItWasStored() throws RecordUnavailable {
        assertThat(store().organisation().load()).isEmpty();
        Organisation county = DemoCounty.organisation();

        store().organisation().replace(county);
        store().organisation().replace(county);

        assertThat(store().organisation().load().orElseThrow().parts()).isEqualTo(county.parts());
    }

    @Test
    void aUnitAndAUserAreAddedOnce() throws RecordUnavailable {
        store().organisation().replace(DemoCounty.organisation());
        var node = new NodeId("xinhe-station1");
        var car3 = new Unit(new UnitId("car3"), Name.of("三号车"), Unit.Kind.CAR, node);
        var crew =
                new User(
                        new UserId("car3"),
                        Name.of("三号车组"),
                        "patrol",
                        node,
                        new UnitId("car3"),
                        null,
                        "zh-CN");
        var change = happening(JournalKind.ORGANISATION_CHANGED, Subject.of(car3.id()));

        assertThat(store().organisation().add(car3, change)).isTrue();
        assertThat(store().organisation().add(car3, change)).isFalse();
        assertThat(store().organisation().add(crew, change)).isTrue();
        assertThat(store().organisation().add(crew, change)).isFalse();

        Organisation county = store().organisation().load().orElseThrow();
        assertThat(county.unit(car3.id())).contains(car3);
        assertThat(county.user(crew.id())).contains(crew);
        assertThat(store().journal().about(Subject.of(car3.id()), 0, 10)).hasSize(2);
    }

    @Test
    void theDemoCountyIsLoadedIntoAnEmptyRecordOnly() throws RecordUnavailable {
        assertThat(DemoCounty.load(store(), "hash", NOON)).isTrue();
        assertThat(DemoCounty.load(store(), "another", NOON)).isFalse();

        assertThat(store().accounts().find(ROOM)).contains(Account.of(ROOM, "hash"));
        assertThat(store().incidents().list(IncidentQuery.of(null, 100))).hasSize(30);
    }

    @Test
    void anOrderGetsANumberAndComesBackAsItWasPlaced() throws RecordUnavailable {
        Order first = placed(order("o-1", "去长屿村", CAR1, CAR2));
        Order second = placed(order("o-2", "随后跟上\n第二行 = 100%", CAR2));

        assertThat(second.number()).isGreaterThan(first.number());
        assertThat(store().orders().find(first.id())).contains(first);
        assertThat(store().orders().find(second.id())).contains(second);
        assertThat(store().orders().placedSince(NOON, 10)).containsExactly(second, first);
        assertThat(store().orders().placedSince(NOON, 1)).containsExactly(second);
        assertThat(store().orders().placedSince(NOON.plusSeconds(1), 10)).isEmpty();
    }

    @Test
    void anOrderThatWentAStepFurtherChangedThen() throws RecordUnavailable {
        Order first = placed(order("o-1", "一", CAR1, CAR2));
        Order second = placed(order("o-2", "二", CAR2));
        Assignment share = first.assignment(CAR1).orElseThrow();
        assertThat(save(first, stepped(share, OrderStep.ACCEPTED, null))).isTrue();

        assertThat(store().orders().changedSince(NOON, 10))
                .extracting(Order::id)
                .containsExactly(first.id(), second.id());
        assertThat(store().orders().changedSince(NOON, 1))
                .extracting(Order::id)
                .containsExactly(first.id());
        assertThat(store().orders().changedSince(NOON.plusSeconds(2), 10))
                .extracting(order -> order.assignment(CAR1).orElseThrow().step())
                .containsExactly(OrderStep.ACCEPTED);
        assertThat(store().orders().changedSince(NOON.plusSeconds(3), 10)).isEmpty();
    }

    @Test
    void placingTwiceIsARepeatAndAnotherOrderUnderTheSameIdAConflict() throws RecordUnavailable {
        Order first = placed(order("o-1", "去长屿村", CAR1));

        assertThat(place(order("o-1", "去长屿村", CAR1))).isEqualTo(new Placing.Repeated(first));
        assertThat(place(order("o-1", "去塘下村", CAR1))).isEqualTo(new Placing.Conflict());
        assertThat(place(order("o-1", "去长屿村", CAR2))).isEqualTo(new Placing.Conflict());

        assertThat(store().journal().about(Subject.of(first.id()), 0, 10)).hasSize(1);
    }

    @Test
    void theSameOrderPlacedAtOnceByManyIsPlacedOnce() throws Exception {
        List<Placing> outcomes = atOnce(8, () -> place(order("o-1", "去长屿村", CAR1, CAR2)));

        assertThat(outcomes).filteredOn(Placing.Placed.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(Placing.Repeated.class::isInstance).hasSize(7);
        assertThat(store().journal().after(0, 10)).hasSize(1);
    }

    @Test
    void aShareGoesOnOnlyFromTheVersionThatWasRead() throws RecordUnavailable {
        Order order = placed(order("o-1", "去长屿村", CAR1, CAR2));
        Assignment share = order.assignment(CAR1).orElseThrow();
        Assignment delivered = stepped(share, OrderStep.DELIVERED, null);

        assertThat(save(order, delivered)).isTrue();
        assertThat(save(order, delivered)).isFalse();

        Assignment stored = store().orders().find(order.id(), CAR1).orElseThrow();
        assertThat(stored.version()).isEqualTo(1);
        assertThat(stored.step()).isEqualTo(OrderStep.DELIVERED);
        assertThat(stored.history()).isEqualTo(delivered.history());
        assertThat(store().orders().find(order.id()).orElseThrow().assignment(CAR2))
                .isEqualTo(order.assignment(CAR2));
        assertThat(store().orders().find(order.id(), new UnitId("zeguo-car1"))).isEmpty();
    }

    @Test
    void everyStepOfManyUnitsAtOnceIsKept() throws Exception {
        List<UnitId> units =
                IntStream.range(0, 8).mapToObj(i -> new UnitId("handheld-" + i)).toList();
        Order order = placed(order("o-1", "全员集合", units.toArray(UnitId[]::new)));
        var next = new java.util.concurrent.atomic.AtomicInteger();

        atOnce(
                units.size(),
                () -> {
                    UnitId unit = units.get(next.getAndIncrement());
                    for (OrderStep step : List.of(OrderStep.DELIVERED, OrderStep.READ)) {
                        Assignment share = store().orders().find(order.id(), unit).orElseThrow();
                        assertThat(save(order, stepped(share, step, null))).isTrue();
                    }
                    return true;
                });

        assertThat(store().orders().find(order.id()).orElseThrow().assignments())
                .allMatch(share -> share.step() == OrderStep.READ && share.version() == 2);
        assertThat(store().journal().about(Subject.of(order.id()), 0, 100)).hasSize(17);
    }

    @Test
    void ordersStayOpenForAUnitUntilItHasAnsweredForGood() throws RecordUnavailable {
        Order first = placed(order("o-1", "一", CAR1, CAR2));
        Order second = placed(order("o-2", "二", CAR1));
        assertThat(store().orders().openFor(CAR1)).containsExactly(first, second);
        assertThat(store().orders().countUnacknowledged()).isEqualTo(3);

        Assignment share = first.assignment(CAR1).orElseThrow();
        assertThat(save(first, stepped(share, OrderStep.REFUSED, "轮胎爆了"))).isTrue();

        assertThat(store().orders().openFor(CAR1)).containsExactly(second);
        assertThat(store().orders().openFor(CAR2)).extracting(Order::id).contains(first.id());
        assertThat(store().orders().countUnacknowledged()).isEqualTo(2);
        assertThat(store().orders().find(first.id(), CAR1).orElseThrow().reason())
                .isEqualTo("轮胎爆了");
    }

    @Test
    void anOrderToAGroupAboutAnIncidentKeepsBoth() throws RecordUnavailable {
        Order order =
                Order.place(
                                new OrderId("o-1"),
                                "全组注意",
                                Severity.RED,
                                new Author(ROOM, new NodeId("xinhe"), null),
                                NOON,
                                new GroupId("group-xinhe"),
                                List.of(CAR1))
                        .about(new IncidentId("i-1"));

        assertThat(placed(order).numbered(0)).isEqualTo(order);
        assertThat(store().orders().find(order.id()).orElseThrow().numbered(0)).isEqualTo(order);
    }

    @Test
    void anOrderToEveryTerminalOfACountyIsPlacedAndFoundWhole() throws RecordUnavailable {
        UnitId[] units =
                IntStream.range(0, Order.MAX_ASSIGNEES)
                        .mapToObj(i -> new UnitId("handheld-" + i))
                        .toArray(UnitId[]::new);

        Order order = placed(order("o-1", "全员集合", units));

        assertThat(store().orders().find(order.id())).contains(order);
        assertThat(store().orders().countUnacknowledged()).isEqualTo(Order.MAX_ASSIGNEES);
        assertThat(store().orders().openFor(units[7])).containsExactly(order);
    }

    @Test
    void theJournalGivesBackWhatHappenedInOrder() throws RecordUnavailable {
        var subject = Subject.of(CAR1);
        var tricky = Map.of("text", "a=b\\n\n=\\e\t结束", "", "empty name", "empty", "");
        var first =
                new Happening(
                        NOON,
                        JournalKind.UNIT_STATUS,
                        ROOM,
                        new SeatId("xinhe-seat"),
                        List.of(subject, Subject.of(new NodeId("xinhe")), subject),
                        tricky);
        var second = new Happening(NOON, JournalKind.UNIT_OFFLINE, null, null, List.of(), Map.of());

        JournalEntry one = store().journal().append(first);
        List<JournalEntry> rest =
                store().journal()
                        .append(
                                List.of(
                                        second,
                                        happening(JournalKind.UNIT_ONLINE, subject),
                                        happening(JournalKind.LIVE_STARTED, subject)));

        List<JournalEntry> about = store().journal().about(subject, 0, 10);
        assertThat(about)
                .extracting(e -> e.happening().kind())
                .containsExactly(
                        JournalKind.UNIT_STATUS, JournalKind.UNIT_ONLINE, JournalKind.LIVE_STARTED);
        assertThat(about.getFirst().happening().detail()).isEqualTo(tricky);
        assertThat(about.getFirst().happening().subjects())
                .containsExactlyInAnyOrder(subject, Subject.of(new NodeId("xinhe")));
        assertThat(about.getFirst().happening().seat()).isEqualTo(new SeatId("xinhe-seat"));
        assertThat(store().journal().about(subject, one.sequence(), 1))
                .containsExactly(rest.get(1));
        assertThat(store().journal().after(one.sequence(), 10)).isEqualTo(rest);
        assertThat(store().journal().append(List.of())).isEmpty();
    }

    @Test
    void theAuditAnswersWhoAndWhatAndWhen() throws RecordUnavailable {
        audit(0, AuditEntry.Kind.SIGNED_IN, "xinhe", "");
        audit(1, AuditEntry.Kind.WATCH_STARTED, "xinhe", "car1");
        audit(2, AuditEntry.Kind.WATCH_STARTED, "city", "car1");
        audit(3, AuditEntry.Kind.SIGN_IN_REFUSED, "n\0body".repeat(99), "");

        assertThat(found("xinhe", "")).containsExactly(1, 0);
        assertThat(found("", "car1")).containsExactly(2, 1);
        assertThat(found("xinhe", "car1")).containsExactly(1);
        assertThat(found("", "")).containsExactly(3, 2, 1, 0);
        assertThat(store().audit().find("", "", NOON, NOON.plusSeconds(2), 1)).hasSize(1);

        store().audit().append(store().audit().find("xinhe", "", NOON, NOON.plusSeconds(9), 2));
        assertThat(found("xinhe", "")).containsExactly(1, 1, 0, 0);
        store().audit().append(List.of());
    }

    @Test
    void theRecordSaysThatItIsThere() {
        assertThat(store().isAvailable()).isTrue();
    }

    static Order order(String id, String text, UnitId... units) {
        return Order.place(
                new OrderId(id),
                text,
                Severity.ORANGE,
                new Author(ROOM, new NodeId("xinhe"), new SeatId("xinhe-seat")),
                NOON,
                null,
                List.of(units));
    }

    static Happening happening(JournalKind kind, Subject... subjects) {
        return Happening.by(ROOM, NOON, kind, List.of(subjects));
    }

    private Placing place(Order order) throws RecordUnavailable {
        return store().orders()
                .place(order, happening(JournalKind.ORDER_PLACED, Subject.of(order.id())));
    }

    private Order placed(Order order) throws RecordUnavailable {
        Placing placing = place(order);
        assertThat(placing).isInstanceOf(Placing.Placed.class);
        return ((Placing.Placed) placing).order();
    }

    private boolean save(Order order, Assignment next) throws RecordUnavailable {
        return store().orders()
                .save(order.id(), next, happening(JournalKind.ORDER_STEP, Subject.of(order.id())));
    }

    private static Assignment stepped(
            Assignment share, OrderStep step, @org.jspecify.annotations.Nullable String reason) {
        var report = new Report(step, NOON.plusSeconds(1), reason);
        return OrderWorkflow.step(share, report, NOON.plusSeconds(2)).next();
    }

    private void audit(int second, AuditEntry.Kind kind, String who, String subject)
            throws RecordUnavailable {
        store().audit()
                .append(
                        new AuditEntry(
                                NOON.plusSeconds(second),
                                kind,
                                who,
                                subject,
                                "127.0.0.1",
                                Map.of("agent", "test")));
    }

    /// Seconds after noon of what was found.
    private List<Integer> found(String who, String subject) throws RecordUnavailable {
        return store().audit().find(who, subject, NOON, NOON.plusSeconds(9), 10).stream()
                .map(entry -> (int) (entry.at().getEpochSecond() - NOON.getEpochSecond()))
                .toList();
    }

    private static <T> List<T> atOnce(int threads, Callable<T> work) throws Exception {
        try (var executor = Executors.newFixedThreadPool(threads)) {
            var running = new ArrayList<java.util.concurrent.Future<T>>();
            for (int i = 0; i < threads; i++) {
                running.add(executor.submit(work));
            }
            var results = new ArrayList<T>();
            for (var one : running) {
                results.add(one.get());
            }
            return results;
        }
    }
}
