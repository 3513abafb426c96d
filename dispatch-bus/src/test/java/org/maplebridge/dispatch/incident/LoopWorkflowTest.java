package org.maplebridge.dispatch.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.dispatch.incident.Matter.*;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.incident.Ledger.Contact;
import org.maplebridge.dispatch.incident.Ledger.Room;
import org.maplebridge.dispatch.model.EvidenceId;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.Severity;

/// Every action of every seat at every place of the loop, and each gate.
class LoopWorkflowTest {
    private static final Action ADVANCE = new Action.Advance("好");
    private static final Action CLOSE = new Action.Close("已办结");

    private static Map<Action.Kind, Action> actions() {
        Map<Action.Kind, Action> actions = new EnumMap<>(Action.Kind.class);
        for (Action action :
                List.of(
                        new Action.Accept(),
                        new Action.Return("不归我管"),
                        new Action.Dispatch(CITY, Room.Role.JOINT, null, false, false),
                        ADVANCE,
                        new Action.Back("材料不全"),
                        THERE,
                        new Action.CallBack(Contact.How.NO_ANSWER, null, null),
                        new Action.Extend("等配件"),
                        CLOSE,
                        new Action.Reopen("又吵了"),
                        new Action.Regrade(Severity.ORANGE, "人多"),
                        new Action.Merge(new IncidentId("whole")),
                        new Action.Unmerge(),
                        new Action.Note("记一笔"),
                        new Action.Invite(CITY, null, "请来看看", "2-1"),
                        new Action.Recall(CITY, "看完了"),
                        new Action.Confer(List.of(CITY), "归谁管"),
                        new Action.Settle(TOWN, "归镇里", List.of(POLICE)),
                        new Action.Expect("leader", "带班领导"),
                        new Action.Excuse("leader", "已到别处"),
                        new Action.Letter("reminder", CITY, false, null))) {
            actions.put(action.kind(), action);
        }
        assertThat(actions.keySet()).isEqualTo(EnumSet.allOf(Action.Kind.class));
        return actions;
    }

    private static Map<String, Dossier> places() {
        Map<String, Dossier> places = new LinkedHashMap<>();
        places.put("received", received());
        places.put("handling", at("handling"));
        places.put("offered", offered());
        places.put("shared", shared());
        places.put("review", at("review"));
        places.put("supervised", at("supervised"));
        places.put("closed", closed());
        places.put("merged", merged());
        return places;
    }

    private static Map<String, Actor> seats() {
        Map<String, Actor> seats = new LinkedHashMap<>();
        seats.put("seat", SEAT);
        seats.put("clerk", CLERK);
        seats.put("supervisor", SUPERVISOR);
        seats.put("officer", OFFICER);
        seats.put("centre", CENTRE);
        seats.put("stranger", STRANGER);
        return seats;
    }

    /// What of all combinations is done; everything else is refused.
    private static final String DONE =
            """
            received: seat accept dispatch advance callback attend extend severity merge note \
            invite recall expect confer letter
            received: clerk accept dispatch advance callback attend extend severity merge note \
            invite recall expect confer letter
            received: supervisor extend note \
            letter
            received: centre accept dispatch advance callback attend extend severity merge note \
            invite recall expect confer letter
            handling: seat dispatch back attend callback extend severity merge note \
            invite recall expect confer letter
            handling: clerk dispatch back attend callback extend severity merge note \
            invite recall expect confer letter
            handling: supervisor back extend note \
            letter
            handling: centre dispatch back attend callback extend severity merge note \
            invite recall expect confer letter
            offered: seat dispatch back attend callback extend severity merge note \
            invite recall expect confer letter
            offered: clerk dispatch back attend callback extend severity merge note \
            invite recall expect confer letter
            offered: supervisor back extend note \
            letter
            offered: officer accept return note
            offered: centre accept return dispatch back attend callback extend severity merge note \
            invite recall expect confer letter
            shared: seat dispatch back attend callback extend severity merge note \
            invite recall expect confer letter
            shared: clerk dispatch back attend callback extend severity merge note \
            invite recall expect confer letter
            shared: supervisor back extend note \
            letter
            shared: officer return dispatch advance attend callback extend note \
            invite recall expect
            shared: centre return dispatch back attend callback extend severity merge note \
            invite recall expect confer letter
            review: seat dispatch advance back attend callback extend severity merge note \
            invite recall expect confer letter
            review: clerk dispatch attend callback extend severity merge note \
            invite recall expect confer letter
            review: supervisor advance back extend note \
            letter
            review: centre dispatch advance back attend callback extend severity merge note \
            invite recall expect confer letter
            supervised: seat dispatch back attend callback extend severity merge note \
            invite recall expect confer letter
            supervised: clerk dispatch attend callback extend severity merge note \
            invite recall expect confer letter
            supervised: supervisor back extend note \
            letter
            supervised: centre dispatch back attend callback extend severity merge note \
            invite recall expect confer letter
            closed: seat reopen note
            closed: clerk reopen note
            closed: supervisor reopen note
            closed: centre reopen note
            merged: seat unmerge note
            merged: clerk unmerge note
            merged: supervisor note
            merged: centre unmerge note
            """;

    @Test
    void everyActionOfEverySeatEverywhereIsDoneOrRefusedAsTheTableSays() {
        Map<String, Set<String>> expected = new LinkedHashMap<>();
        DONE.lines()
                .forEach(line -> {
                    var words = List.of(line.split(" ", -1));
                    expected.put(
                            words.get(0) + " " + words.get(1),
                            Set.copyOf(words.subList(2, words.size())));
                });
        places().forEach((place, dossier) ->
                seats().forEach((name, actor) ->
                        actions()
                                .forEach((kind, action) -> {
                                    var decision =
                                            WORKFLOW.decide(
                                                    dossier, action, actor, NOON.plusSeconds(10));
                                    boolean done =
                                            expected.getOrDefault(place + ": " + name, Set.of())
                                                    .contains(kind.name().toLowerCase(Locale.ROOT));
                                    assertThat(decision instanceof Decision.Done)
                                            .as("%s of %s at %s: %s", kind, name, place, decision)
                                            .isEqualTo(done);
                                })));
    }

    @Test
    void aStrangerIsRefusedAsSuchWhateverTheStep() {
        places().values()
                .forEach(dossier ->
                        actions()
                                .values()
                                .forEach(action ->
                                        assertThat(gate(dossier, action, STRANGER))
                                                .isEqualTo(Gate.NOT_ALLOWED)));
    }

    @Test
    void whatIsOfferedIsWhatWouldBeDone() {
        places().forEach((place, dossier) ->
                seats().forEach((name, actor) -> {
                    var now = NOON.plusSeconds(10);
                    var offers = Offers.of(WORKFLOW, dossier, actor, now);
                    for (var kind : Action.Kind.values()) {
                        var gate =
                                gate(dossier, Objects.requireNonNull(actions().get(kind)), actor);
                        boolean shutByTheOther =
                                offers.gates().stream().anyMatch(s -> s.action() == kind);
                        assertThat(offers.may().contains(kind))
                                .as("%s of %s at %s: %s", kind, name, place, gate)
                                .isEqualTo(gate == null);
                        assertThat(shutByTheOther).isEqualTo(gate != null && gate.canBeOpened());
                    }
                }));
    }

    @Test
    void aStepGoesOnWithItsClockAndItsTrace() {
        var before = at("handling");
        var later = NOON.plusSeconds(600);
        before = done(before, THERE, SEAT, later);
        var dossier = done(before, ADVANCE, SEAT, later);

        assertThat(dossier.incident().state()).isEqualTo(Incident.State.REVIEW);
        assertThat(dossier.incident().standing().due()).isEqualTo(later.plus(Duration.ofHours(1)));
        assertThat(dossier.ledger().visits())
                .extracting(Ledger.Visit::step)
                .containsExactly("received", "handling", "review");
        assertThat(dossier.ledger().visits().get(1).leftAt()).isEqualTo(later);
        var back = done(dossier, new Action.Back("照片不清"), SUPERVISOR, later);
        assertThat(back.incident().standing().step()).isEqualTo("handling");
        assertThat(back.ledger().visits().get(2).reason()).isEqualTo("照片不清");
        assertThat(gate(received(), new Action.Back("x"), SEAT)).isEqualTo(Gate.STEP_NOT_ALLOWED);
    }

    @Test
    void whoeverGoesOnHasTakenItOn() {
        assertThat(received().ledger().room(TOWN).orElseThrow().state())
                .isEqualTo(Room.State.OFFERED);
        assertThat(at("handling").ledger().room(TOWN).orElseThrow().state())
                .isEqualTo(Room.State.ACCEPTED);
    }

    @Test
    void evidenceIsShownBeforeAStepIsLeft() {
        var dossier = at("handling");
        assertThat(gate(dossier, new Action.Advance(null), SEAT)).isEqualTo(Gate.EVIDENCE_REQUIRED);
        assertThat(gate(dossier, ADVANCE, SEAT)).isEqualTo(Gate.EVIDENCE_REQUIRED);
        dossier = done(dossier, THERE, SEAT);
        assertThat(gate(dossier, new Action.Advance(null), SEAT)).isEqualTo(Gate.EVIDENCE_REQUIRED);
        assertThat(gate(dossier, ADVANCE, SEAT)).isNull();
        assertThat(gate(dossier, new Action.Attend("nobody", new Proof.Word("x")), SEAT))
                .isEqualTo(Gate.STEP_NOT_ALLOWED);
        var byPicture = new Action.Attend("station", new Proof.Picture(new EvidenceId("e0")));
        assertThat(gate(dossier, byPicture, SEAT)).isEqualTo(Gate.NOT_PROVED);
        assertThat(gate(Matter.shown(dossier, NOON, false), byPicture, SEAT)).isNull();
    }

    @Test
    void whatTookTooLongGoesOnWithAReason() {
        var dossier = received();
        var due = Objects.requireNonNull(dossier.incident().standing().due());
        assertThat(due).isEqualTo(NOON.plus(Duration.ofHours(1)));
        assertThat(gate(dossier, ADVANCE, SEAT, due)).isNull();
        var late = due.plusSeconds(1);
        assertThat(dossier.incident().isOverdue(late)).isTrue();
        assertThat(gate(dossier, ADVANCE, SEAT, late)).isEqualTo(Gate.OVERDUE_REASON_REQUIRED);

        dossier = done(dossier, new Action.Extend("道路封闭"), SEAT, late);

        assertThat(dossier.incident().isOverdue(late)).isFalse();
        assertThat(dossier.incident().standing().due()).isEqualTo(late.plus(Duration.ofHours(1)));
        assertThat(dossier.ledger().visits().getLast().reason()).isEqualTo("道路封闭");
        assertThat(gate(dossier, ADVANCE, SEAT, late)).isNull();
    }

    @Test
    void oneMatterHasALedgerForEachRoom() {
        var dossier = shared();
        dossier = done(dossier, new Action.Advance("已劝离"), OFFICER);

        assertThat(dossier.incident().standing().step()).isEqualTo("handling");
        var police = dossier.ledger().room(POLICE).orElseThrow();
        assertThat(police.state()).isEqualTo(Room.State.DONE);
        assertThat(police.reason()).isEqualTo("已劝离");
        assertThat(dossier.ledger().room(TOWN).orElseThrow().state())
                .isEqualTo(Room.State.ACCEPTED);

        var returned = done(offered(), new Action.Return("不归我管"), OFFICER);
        assertThat(returned.ledger().room(POLICE).orElseThrow().state())
                .isEqualTo(Room.State.RETURNED);
        assertThat(gate(returned, new Action.Accept(), OFFICER)).isEqualTo(Gate.STEP_NOT_ALLOWED);
        var again = new Action.Dispatch(POLICE, Room.Role.JOINT, "请再看", false, false);
        assertThat(done(returned, again, SEAT).ledger().rooms()).hasSize(2);
        assertThat(gate(offered(), again, SEAT)).isEqualTo(Gate.STEP_NOT_ALLOWED);
    }

    @Test
    void theWholeCanBeHandedOver() {
        var over = new Action.Dispatch(POLICE, Room.Role.OWNER, "警情", false, false);
        assertThat(gate(shared(), over, OFFICER)).isEqualTo(Gate.NOT_ALLOWED);

        var dossier = done(shared(), over, SEAT);

        assertThat(dossier.incident().node()).isEqualTo(POLICE);
        assertThat(dossier.ledger().rooms())
                .extracting(Room::role)
                .containsExactly(Room.Role.JOINT, Room.Role.OWNER);
        assertThat(gate(dossier, new Action.Accept(), OFFICER)).isNull();
        assertThat(gate(dossier, new Action.Regrade(Severity.RED, "x"), SEAT))
                .isEqualTo(Gate.NOT_ALLOWED);
    }

    @Test
    void nothingIsPushedUpBeforeTheVillageHasMet() {
        var up = new Action.Dispatch(CITY, Room.Role.JOINT, "疑难", true, false);
        var dossier = at("handling");
        assertThat(gate(dossier, up, SEAT)).isEqualTo(Gate.VILLAGE_SESSION_REQUIRED);
        dossier =
                done(
                        dossier,
                        new Action.Attend("village-session", new Proof.Word("会议记录 3 号")),
                        SEAT);
        assertThat(gate(dossier, up, SEAT)).isNull();
    }

    @Test
    void nothingIsClosedBeforeTheCallBack() {
        var dossier = at("supervised");
        assertThat(gate(dossier, CLOSE, SEAT)).isEqualTo(Gate.CALLBACK_REQUIRED);
        for (var how : List.of(Contact.How.CALL, Contact.How.REFUSED)) {
            var called = done(dossier, new Action.CallBack(how, "好", "call-1"), SEAT);
            assertThat(gate(called, CLOSE, SEAT)).isNull();
        }
    }

    @Test
    void whereCallBacksAreRecordedAWordIsNone() {
        var strict = new LoopWorkflow(Matter.LOOPS.withRecordedCallBacks());
        var dossier = at("supervised");
        var recorded = new Action.CallBack(Contact.How.CALL, "好", "call-1");
        var refused = new Action.CallBack(Contact.How.REFUSED, null, null);
        for (var call : List.of(recorded, refused)) {
            var called = done(dossier, call, SEAT);
            assertThat(strict.decide(called, CLOSE, SEAT, NOON)).isInstanceOf(Decision.Done.class);
        }
        var word = done(dossier, new Action.CallBack(Contact.How.CALL, "好", null), SEAT);
        assertThat(strict.decide(word, CLOSE, SEAT, NOON))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        shut -> assertThat(shut.gate()).isEqualTo(Gate.CALLBACK_REQUIRED));
    }

    @Test
    void threeAttemptsFarEnoughApartStandForACallBack() {
        var missed = new Action.CallBack(Contact.How.NO_ANSWER, null, null);
        var dossier = at("supervised");
        for (int minute : List.of(0, 10, 31, 45)) {
            dossier = done(dossier, missed, SEAT, NOON.plus(Duration.ofMinutes(minute)));
            assertThat(gate(dossier, CLOSE, SEAT)).isEqualTo(Gate.CALLBACK_REQUIRED);
        }
        dossier = done(dossier, missed, SEAT, NOON.plus(Duration.ofMinutes(61)));
        dossier = done(dossier, new Action.Extend("等回访"), SEAT, NOON.plus(Duration.ofMinutes(61)));
        assertThat(gate(dossier, CLOSE, SEAT, NOON.plus(Duration.ofMinutes(62)))).isNull();
    }

    @Test
    void whoReportedItDoesNotCloseIt() {
        var reported = at("supervised", received(Severity.YELLOW, REPORTER));
        var called = new Action.CallBack(Contact.How.CALL, "好", null);
        var dossier = done(reported, called, SEAT);
        var self = seat(REPORTER.value(), TOWN, true, true);
        assertThat(gate(dossier, CLOSE, self)).isEqualTo(Gate.REPORTER_MAY_NOT_CLOSE);
        assertThat(gate(dossier, CLOSE, SEAT)).isNull();
    }

    @Test
    void severitySaysWhoSignsOff() {
        Map<Severity, List<Actor>> signing =
                Map.of(
                        Severity.YELLOW, List.of(SEAT, CLERK, CENTRE),
                        Severity.ORANGE, List.of(SEAT, CENTRE),
                        Severity.RED, List.of(CENTRE));
        var called = new Action.CallBack(Contact.How.CALL, "好", null);
        signing.forEach((severity, allowed) -> {
            var dossier = done(at("supervised", received(severity, null)), called, SEAT);
            for (var actor : seats().values()) {
                assertThat(gate(dossier, CLOSE, actor))
                        .as("%s by %s", severity, actor.user())
                        .isEqualTo(allowed.contains(actor) ? null : Gate.NOT_ALLOWED);
            }
        });
    }

    @Test
    void aShareThatWasTakenOnIsEndedBeforeTheWhole() {
        var called = new Action.CallBack(Contact.How.CALL, "好", null);
        var dossier = done(at("supervised", shared()), called, SEAT);
        assertThat(gate(dossier, CLOSE, SEAT)).isEqualTo(Gate.EVIDENCE_REQUIRED);
        dossier = done(dossier, ADVANCE, OFFICER);
        assertThat(gate(dossier, CLOSE, SEAT)).isNull();
    }

    @Test
    void closedIsWrittenOffAndCalledBackAnewWhenItIsOpenedAgain() {
        var closed = closed();
        assertThat(closed.incident().closedAt()).isEqualTo(NOON.plusSeconds(10));
        assertThat(closed.incident().standing().step()).isEqualTo("closed");
        assertThat(closed.incident().standing().due()).isNull();
        assertThat(closed.ledger().room(TOWN).orElseThrow().state()).isEqualTo(Room.State.DONE);

        var again = done(closed, new Action.Reopen("又吵了"), SEAT, NOON.plusSeconds(60));

        assertThat(again.incident().standing().step()).isEqualTo("handling");
        assertThat(again.incident().closedAt()).isNull();
        assertThat(again.incident().standing().result()).isNull();
        assertThat(gate(at("supervised", again), CLOSE, SEAT)).isEqualTo(Gate.CALLBACK_REQUIRED);
    }

    @Test
    void aPartComesBackWhereItWas() {
        var part = done(at("review"), new Action.Merge(new IncidentId("whole")), SEAT);
        assertThat(part.incident().isClosed()).isTrue();
        assertThat(part.incident().standing().merged()).isEqualTo(new IncidentId("whole"));
        var apart = done(part, new Action.Unmerge(), SEAT);
        assertThat(apart.incident().state()).isEqualTo(Incident.State.REVIEW);
        assertThat(apart.incident().standing().step()).isEqualTo("review");
        assertThat(apart.incident().standing().merged()).isNull();
    }

    @Test
    void aLedgerDoesNotGrowWithoutBound() {
        var dossier = at("supervised");
        var called = new Action.CallBack(Contact.How.CALL, "好", null);
        for (int n = 0; n < Ledger.MOST_ENTRIES; n++) {
            dossier = done(dossier, called, SEAT);
        }
        assertThat(gate(dossier, called, SEAT)).isEqualTo(Gate.STEP_NOT_ALLOWED);
        assertThat(gate(dossier, CLOSE, SEAT)).isNull();
    }

    @Test
    void aStepThatIsNotKnownAnyMoreIsTheOneOfItsState() {
        var incident = at("review").incident();
        var old =
                incident.standing(
                        Incident.State.REVIEW,
                        new Standing("gone", "gone", null, null, null, null),
                        null);
        assertThat(WORKFLOW.step(old).id()).isEqualTo("review");
        var nowhere = new NodeId("nowhere");
        assertThat(old.ownedBy(nowhere).node()).isEqualTo(nowhere);
    }
}
