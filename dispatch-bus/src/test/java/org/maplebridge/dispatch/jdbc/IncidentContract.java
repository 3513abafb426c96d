package org.maplebridge.dispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.incident.Action;
import org.maplebridge.dispatch.incident.Actor;
import org.maplebridge.dispatch.incident.Decision;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.incident.Ledger;
import org.maplebridge.dispatch.incident.Ledger.Contact;
import org.maplebridge.dispatch.incident.Ledger.Room;
import org.maplebridge.dispatch.incident.Loop;
import org.maplebridge.dispatch.incident.LoopWorkflow;
import org.maplebridge.dispatch.incident.Loops;
import org.maplebridge.dispatch.incident.Origin;
import org.maplebridge.dispatch.incident.Proof;
import org.maplebridge.dispatch.incident.Showing;
import org.maplebridge.dispatch.incident.TimeLimit;
import org.maplebridge.dispatch.incident.WorkingCalendar;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalEntry;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.SeatId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.IncidentQuery;
import org.maplebridge.dispatch.store.IncidentQuery.Ended;
import org.maplebridge.dispatch.store.IncidentStore.Change;
import org.maplebridge.dispatch.store.IncidentStore.Fulfilled;
import org.maplebridge.dispatch.store.IncidentStore.Wish;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// What every record promises about incidents. Tests share one database and use ids of their own.
abstract class IncidentContract {
    static final Instant NOON = Instant.parse("2026-11-27T04:00:00.123456Z");
    static final UserId CLERK = new UserId("xinhe");
    static final NodeId XINHE = new NodeId("xinhe");
    private static final NodeId POLICE = new NodeId("xinhe-police");

    private static final Loop LOOP =
            new Loop(
                    "seven-steps",
                    Name.of("Loop"),
                    List.of(
                            step("received", Incident.State.RECEIVED),
                            step("handling", Incident.State.HANDLING)),
                    List.of(),
                    List.of(new Loop.Post("station", Name.of("Station"))),
                    null,
                    true,
                    null);
    static final LoopWorkflow WORKFLOW =
            new LoopWorkflow(
                    new Loops(
                            List.of(LOOP),
                            new WorkingCalendar(ZoneOffset.UTC, Set.of(), Set.of())));
    private static final Actor SEAT =
            new Actor(CLERK, new SeatId("xinhe-seat"), XINHE, true, true, XINHE::equals, false);

    abstract RecordStores store();

    @Test
    void incidentsAreNumberedByTheRecordHoweverManyAreOpenedAtOnce() throws Exception {
        List<Callable<Incident>> work = new ArrayList<>();
        for (int n = 0; n < 40; n++) {
            var dossier = received("numbered-" + n);
            work.add(() -> store().incidents().open(dossier, opened(dossier)).orElseThrow());
        }

        var numbers = new HashSet<String>();
        for (Incident incident : atOnce(work)) {
            assertThat(incident.number()).matches("2026-\\d{6,}");
            assertThat(store().incidents().find(incident.id())).contains(incident);
            numbers.add(incident.number());
        }

        assertThat(numbers).hasSize(40);
    }

    @Test
    void anIdThatIsTakenOpensNothing() throws RecordUnavailable {
        var dossier = received("taken");
        assertThat(store().incidents().open(dossier, opened(dossier))).isPresent();

        assertThat(store().incidents().open(dossier, opened(dossier))).isEmpty();
        assertThat(journal(dossier)).hasSize(1);
    }

    @Test
    void aSeatOpensOnceHoweverOftenItSends() throws RecordUnavailable {
        var first = received("opened-1");
        var again = received("opened-2");
        var wish = wish("open-wish", "open");

        var kept = (Change.Kept) store().incidents().open(first, wish, opened(first));
        var repeated = (Change.Repeated) store().incidents().open(again, wish, opened(again));

        assertThat(kept.incident().id()).isEqualTo(first.incident().id());
        assertThat(repeated.before()).isEqualTo(new Fulfilled(wish, first.incident().id()));
        assertThat(store().incidents().fulfilled("open-wish")).contains(repeated.before());
        assertThat(store().incidents().find(again.incident().id())).isEmpty();
        assertThat(journal(again)).isEmpty();
    }

    @Test
    void everythingOfAnIncidentIsFoundAsItWasLeft() throws RecordUnavailable {
        var dossier = opened("everything");
        List<Action> actions =
                List.of(
                        new Action.Advance("交派出所"),
                        new Action.Dispatch(POLICE, Room.Role.JOINT, "一事双派", false, false),
                        new Action.Attend("station", new Proof.Place(new UnitId("car1"), 40, NOON)),
                        new Action.Expect("leader", "带班领导"),
                        new Action.Attend("leader", new Proof.Place(new UnitId("car2"), 12, NOON)),
                        new Action.Expect("doctor", "村医"),
                        new Action.Attend("doctor", new Proof.Word("在路上")),
                        new Action.Excuse("doctor", "没有人受伤"),
                        new Action.Confer(List.of(POLICE, new NodeId("traffic")), "归谁管"),
                        new Action.Letter("reminder", POLICE, true, NOON.plusSeconds(3_600)),
                        new Action.CallBack(Contact.How.NO_ANSWER, null, null),
                        new Action.CallBack(Contact.How.CALL, "满意", "call-7"),
                        new Action.Extend("等配件"),
                        new Action.Regrade(Severity.ORANGE, "影响大"));
        for (Action action : actions) {
            dossier = kept(dossier, action, wish("e-" + actions.indexOf(action), "act"));
        }
        assertThat(store().incidents().dossier(dossier.incident().id())).contains(dossier);
        dossier = kept(dossier, new Action.Close("已修好"), wish("e-close", "close"));

        var stored = store().incidents().dossier(dossier.incident().id()).orElseThrow();
        assertThat(stored).isEqualTo(dossier);
        assertThat(stored.incident().isClosed()).isTrue();
        assertThat(stored.incident().standing().result()).isEqualTo("已修好");
        assertThat(stored.ledger().rooms()).hasSize(3);
        assertThat(stored.ledger().contacts()).hasSize(2);
        assertThat(journal(dossier)).hasSize(actions.size() + 2);
        assertThat(store().incidents().dossier(new IncidentId("no-such"))).isEmpty();
    }

    @Test
    void whatAJointSessionDecidedIsFoundAsItWasSaid() throws RecordUnavailable {
        var dossier = opened("session");
        dossier = kept(dossier, new Action.Confer(List.of(POLICE), "归谁管"), wish("s-1", "act"));
        var officer =
                new Actor(new UserId("officer"), null, POLICE, true, false, POLICE::equals, false);
        var in =
                (Decision.Done)
                        WORKFLOW.decide(dossier, new Action.Accept(), officer, NOON.plusSeconds(9));
        store().incidents().save(dossier, in.next(), wish("s-2", "accept"), opened(dossier));
        dossier = store().incidents().dossier(dossier.incident().id()).orElseThrow();
        var settle = new Action.Settle(POLICE, "治安事项", List.of(POLICE));

        dossier = kept(dossier, settle, wish("s-3", "settle"));

        assertThat(dossier.incident().node()).isEqualTo(POLICE);
        var decision = dossier.ledger().sessions().getFirst().decision();
        assertThat(decision)
                .isEqualTo(
                        new Ledger.Settlement(
                                NOON.plusSeconds(9),
                                CLERK,
                                POLICE,
                                "治安事项",
                                List.of(XINHE, POLICE)));
    }

    @Test
    void aPictureIsShownUntilItIsOver() throws RecordUnavailable {
        var dossier = opened("shown");
        var incident = dossier.incident().id();
        var showing =
                new Showing(
                        "showing-1",
                        incident,
                        new UnitId("car1"),
                        NOON,
                        new NodeId("traffic"),
                        CLERK,
                        "请来看看",
                        NOON.plusSeconds(5),
                        null);
        var showings = store().showings();
        assertThat(showings.begin(showing)).isTrue();
        assertThat(showings.begin(showing)).isFalse();
        assertThat(showings.open()).contains(showing);
        assertThat(showings.openFor(incident)).containsExactly(showing);

        var over = showing.ended(NOON.plusSeconds(9), Showing.Cause.STREAM);

        assertThat(showings.end(over, Optional.of(opened(dossier)))).isTrue();
        assertThat(showings.end(over, Optional.of(opened(dossier)))).isFalse();
        assertThat(showings.find("showing-1")).contains(over);
        assertThat(showings.openFor(incident)).isEmpty();
        assertThat(journal(dossier)).hasSize(2);
    }

    @Test
    void oneOfManyThatActAtOnceWinsAndTheOthersAreToldWhoAndWhen() throws Exception {
        var dossier = opened("at-once");
        List<Callable<Change>> work = new ArrayList<>();
        for (int n = 0; n < 8; n++) {
            var wish = wish("at-once-" + n, "note");
            work.add(() -> change(dossier, new Action.Note("n"), wish));
        }

        List<Change> changes = atOnce(work);

        assertThat(changes).filteredOn(Change.Kept.class::isInstance).hasSize(1);
        var late =
                changes.stream()
                        .filter(Change.Overtaken.class::isInstance)
                        .map(Change.Overtaken.class::cast)
                        .toList();
        assertThat(late).hasSize(7);
        assertThat(late).allMatch(one -> one.by() != null && one.by().wish().actor().equals(CLERK));
        assertThat(journal(dossier)).hasSize(2);
    }

    @Test
    void oneWishSentByManyThreadsIsDoneOnce() throws Exception {
        var dossier = opened("once");
        var wish = wish("the-one-wish", "note");
        List<Callable<Change>> work = new ArrayList<>();
        for (int n = 0; n < 8; n++) {
            work.add(() -> change(dossier, new Action.Note("n"), wish));
        }

        List<Change> changes = atOnce(work);

        assertThat(changes).filteredOn(Change.Kept.class::isInstance).hasSize(1);
        assertThat(changes).filteredOn(Change.Repeated.class::isInstance).hasSize(7);
        assertThat(journal(dossier)).hasSize(2);
        assertThat(store().incidents().find(dossier.incident().id()).orElseThrow().version())
                .isEqualTo(1);
    }

    @Test
    void aListHoldsWhatARoomHandlesAndWhatIsLookedFor() throws RecordUnavailable {
        var town = new NodeId("listing-town");
        var rooms = List.of(town);
        store().incidents().open(listed("list-1", town, 1, "路灯 50%_\\ 亮"), anything());
        store().incidents().open(listed("list-2", town, 2, "Dark Lamp"), anything());
        store().incidents().open(listed("list-3", town, 2, "井盖"), anything());
        store().incidents().open(listed("list-4", new NodeId("elsewhere"), 3, "井盖"), anything());

        assertThat(ids(IncidentQuery.of(rooms, 10))).containsExactly("list-2", "list-3", "list-1");
        assertThat(ids(IncidentQuery.of(List.of(), 10))).isEmpty();
        assertThat(ids(IncidentQuery.of(rooms, 2))).containsExactly("list-2", "list-3");
        assertThat(ids(asked(rooms, Ended.ALL, "dark", null))).containsExactly("list-2");
        assertThat(ids(asked(rooms, Ended.ALL, "50%_\\ ", null))).containsExactly("list-1");
        assertThat(ids(asked(rooms, Ended.ALL, "5_", null))).isEmpty();
        assertThat(ids(asked(rooms, Ended.CLOSED, "", null))).isEmpty();
        assertThat(ids(asked(rooms, Ended.OPEN, "", "list-3"))).containsExactly("list-1");
        assertThat(ids(asked(rooms, Ended.OPEN, "", "list-1"))).isEmpty();
        var number = store().incidents().find(new IncidentId("list-1")).orElseThrow().number();
        assertThat(ids(asked(rooms, Ended.ALL, number, null))).containsExactly("list-1");
        var red = new IncidentQuery(rooms, Ended.ALL, Set.of(Severity.RED), "", null, 10);
        assertThat(ids(red)).isEmpty();
        var line = store().incidents().line(new IncidentId("list-1")).orElseThrow();
        assertThat(line.rooms()).extracting(Room::node).containsExactly(town);
        assertThat(line.merged()).isZero();
    }

    @Test
    void whatIsAPartOfAnotherStandsInNoListButWithThat() throws RecordUnavailable {
        var town = new NodeId("merging-town");
        store().incidents().open(listed("whole", town, 1, "井盖"), anything());
        var part = listed("part", town, 2, "又报井盖");
        store().incidents().open(part, anything());
        var leader = new Actor(CLERK, null, town, true, true, town::equals, false);
        var merge = new Action.Merge(new IncidentId("whole"));
        var done = (Decision.Done) WORKFLOW.decide(part, merge, leader, NOON);
        store().incidents().save(part, done.next(), wish("merge", "merge"), anything());

        assertThat(ids(IncidentQuery.of(List.of(town), 10))).containsExactly("whole");
        assertThat(store().incidents().line(new IncidentId("whole")).orElseThrow().merged())
                .isEqualTo(1);
        assertThat(store().incidents().mergedInto(new IncidentId("whole"), 10))
                .extracting(incident -> incident.id().value())
                .containsExactly("part");
    }

    @Test
    void whatIsLateIsFoundUntilItWasEscalatedForThat() throws RecordUnavailable {
        var town = new NodeId("late-town");
        var late = listed("late", town, 0, "超时");
        assertThat(store().incidents().open(late, anything())).isPresent();
        var id = late.incident().id();
        var due = Objects.requireNonNull(late.incident().standing().due());
        assertThat(overdue(due)).doesNotContain(id);
        assertThat(overdue(due.plusSeconds(1))).contains(id);

        var wish = new Wish("late-1", "ESCALATE", CLERK, null, due.plusSeconds(1));
        assertThat(store().incidents().save(late, late, wish, anything()))
                .isInstanceOf(Change.Kept.class);

        assertThat(overdue(due.plusSeconds(2))).doesNotContain(id);
        assertThat(store().incidents().changedSince(due, 10)).containsExactly(id);
    }

    private List<IncidentId> overdue(Instant now) throws RecordUnavailable {
        return store().incidents().overdue(now, "ESCALATE", 1_000);
    }

    private List<String> ids(IncidentQuery query) throws RecordUnavailable {
        return store().incidents().list(query).stream()
                .map(line -> line.incident().id().value())
                .toList();
    }

    private static IncidentQuery asked(
            List<NodeId> rooms, Ended ended, String text, @Nullable String before) {
        return new IncidentQuery(
                rooms, ended, Set.of(), text, before == null ? null : new IncidentId(before), 10);
    }

    private Dossier opened(String id) throws RecordUnavailable {
        var dossier = received(id);
        assertThat(store().incidents().open(dossier, opened(dossier))).isPresent();
        return store().incidents().dossier(dossier.incident().id()).orElseThrow();
    }

    private Dossier kept(Dossier dossier, Action action, Wish wish) throws RecordUnavailable {
        assertThat(change(dossier, action, wish)).isInstanceOf(Change.Kept.class);
        return store().incidents().dossier(dossier.incident().id()).orElseThrow();
    }

    private Change change(Dossier dossier, Action action, Wish wish) throws RecordUnavailable {
        var done = (Decision.Done) WORKFLOW.decide(dossier, action, SEAT, NOON.plusSeconds(9));
        return store().incidents().save(dossier, done.next(), wish, opened(dossier));
    }

    private List<JournalEntry> journal(Dossier dossier) throws RecordUnavailable {
        return store().journal().about(Subject.of(dossier.incident().id()), 0, 100);
    }

    private static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            var results = new ArrayList<T>();
            for (var done : threads.invokeAll(work)) {
                results.add(done.get());
            }
            return results;
        }
    }

    private static Wish wish(String clientId, String what) {
        return new Wish(clientId, what, CLERK, new SeatId("xinhe-seat"), NOON);
    }

    private static Dossier received(String id) {
        return dossier(id, XINHE, "路灯不亮", NOON);
    }

    private static Dossier listed(String id, NodeId node, int minute, String title) {
        return dossier(id, node, title, NOON.plusSeconds(60L * minute));
    }

    private static Dossier dossier(String id, NodeId node, String title, Instant at) {
        var origin =
                new Origin(
                        Origin.Source.CITIZEN,
                        "facility",
                        "三天了",
                        new Origin.Reporter("赵某", "13800000000"),
                        null);
        return WORKFLOW.open(
                new Dossier.Report(
                        new IncidentId(id),
                        title,
                        Severity.YELLOW,
                        node,
                        "新河镇中心大道",
                        new GeoPoint(28.37, 121.38),
                        origin,
                        true),
                at);
    }

    private static Happening opened(Dossier dossier) {
        return Happening.by(
                CLERK,
                NOON,
                JournalKind.INCIDENT_OPENED,
                List.of(Subject.of(dossier.incident().id())));
    }

    private static Happening anything() {
        return Happening.by(CLERK, NOON, JournalKind.INCIDENT_OPENED, List.of());
    }

    private static Loop.Step step(String id, Incident.State state) {
        return new Loop.Step(
                id, Name.of(id), state, Loop.Owner.OWNER, new TimeLimit(60, 0), null, Set.of());
    }
}
