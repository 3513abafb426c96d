package org.maplebridge.dispatch.incident;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.EvidenceId;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;

/// An incident of a town, the seats around it, and a loop that has one step of every owner.
final class Matter {
    static final Instant NOON = Instant.parse("2026-11-23T04:00:00Z");
    static final NodeId TOWN = new NodeId("town");
    static final NodeId POLICE = new NodeId("police");
    static final NodeId CITY = new NodeId("city");
    static final UserId REPORTER = new UserId("reporter");

    static final Loop.Post STATION = new Loop.Post("station", Name.of("Station"));
    static final Loop.Post VILLAGE = new Loop.Post("village-session", Name.of("Village"));

    static final Actor SEAT = seat("seat", TOWN, true, true);
    static final Actor CLERK = seat("clerk", TOWN, true, false);
    static final Actor SUPERVISOR = seat("supervisor", TOWN, false, true);
    static final Actor OFFICER = seat("officer", POLICE, true, false);
    static final Actor STRANGER = seat("stranger", new NodeId("other"), true, true);
    static final Actor CENTRE =
            new Actor(new UserId("centre"), null, CITY, true, true, _ -> true, true);

    static final Loop LOOP =
            new Loop(
                    "loop",
                    Name.of("Loop"),
                    List.of(
                            step("received", Incident.State.RECEIVED, Loop.Owner.OWNER),
                            step(
                                    "handling",
                                    Incident.State.HANDLING,
                                    Loop.Owner.ROOMS,
                                    Loop.Evidence.NOTE,
                                    Loop.Evidence.ATTENDANCE),
                            step("review", Incident.State.REVIEW, Loop.Owner.SUPERVISOR),
                            step("supervised", Incident.State.SUPERVISED, Loop.Owner.CENTRE),
                            step("closed", Incident.State.CLOSED, Loop.Owner.OWNER)),
                    List.of(),
                    List.of(STATION),
                    VILLAGE,
                    true,
                    new Loop.CallbackRule(3, 30, false));

    static final Loops LOOPS =
            new Loops(List.of(LOOP), new WorkingCalendar(ZoneOffset.UTC, Set.of(), Set.of()));

    static final LoopWorkflow WORKFLOW = new LoopWorkflow(LOOPS);

    static final Action.Attend THERE =
            new Action.Attend("station", new Proof.Place(new UnitId("car1"), 40, NOON));

    private Matter() {}

    static Actor seat(String id, NodeId node, boolean commands, boolean supervises) {
        return new Actor(new UserId(id), null, node, commands, supervises, node::equals, false);
    }

    static Dossier received() {
        return received(Severity.YELLOW, null);
    }

    static Dossier received(Severity severity, @Nullable UserId by) {
        var origin = new Origin(Origin.Source.CITIZEN, null, "吵", null, by);
        return WORKFLOW.open(
                new Dossier.Report(
                        new IncidentId("i"), "噪声", severity, TOWN, "村口", null, origin, false),
                NOON);
    }

    /// At this step, with everything done that leads there.
    static Dossier at(String step) {
        return at(step, received());
    }

    static Dossier at(String step, Dossier begun) {
        var dossier = begun;
        while (!dossier.incident().standing().step().equals(step)) {
            if (dossier.incident().standing().step().equals("handling")) {
                dossier = done(dossier, THERE, SEAT);
            }
            dossier = done(dossier, new Action.Advance("好"), CENTRE);
        }
        return dossier;
    }

    /// With one more picture or video that has arrived.
    static Dossier shown(Dossier dossier, Instant at, boolean ofOurs) {
        var ledger = dossier.ledger();
        var exhibits = new ArrayList<>(ledger.exhibits());
        exhibits.add(new Ledger.Exhibit(new EvidenceId("e" + exhibits.size()), at, ofOurs));
        return new Dossier(
                dossier.incident(),
                new Ledger(
                        ledger.rooms(),
                        ledger.visits(),
                        ledger.contacts(),
                        ledger.arrivals(),
                        exhibits,
                        ledger.expected(),
                        ledger.sessions(),
                        ledger.letters()));
    }

    static Dossier closed() {
        var called = new Action.CallBack(Ledger.Contact.How.CALL, "满意", null);
        return done(done(at("supervised"), called, SEAT), new Action.Close("已办结"), SEAT);
    }

    static Dossier merged() {
        return done(received(), new Action.Merge(new IncidentId("whole")), SEAT);
    }

    /// Given to the police room too, which has taken it on.
    static Dossier shared() {
        return done(offered(), new Action.Accept(), OFFICER);
    }

    static Dossier offered() {
        var dispatch = new Action.Dispatch(POLICE, Ledger.Room.Role.JOINT, "一事双派", false, false);
        return done(at("handling"), dispatch, SEAT);
    }

    static Dossier done(Dossier dossier, Action action, Actor actor) {
        return done(dossier, action, actor, NOON.plusSeconds(10));
    }

    static Dossier done(Dossier dossier, Action action, Actor actor, Instant now) {
        return switch (WORKFLOW.decide(dossier, action, actor, now)) {
            case Decision.Done(var next, _) -> next;
            case Decision.Refused(var gate, var text) ->
                    throw new AssertionError(action + " was refused: " + gate + ", " + text);
        };
    }

    /// @return the gate, or nothing when it is done
    static @Nullable Gate gate(Dossier dossier, Action action, Actor actor, Instant now) {
        return WORKFLOW.decide(dossier, action, actor, now) instanceof Decision.Refused(var gate, _)
                ? gate
                : null;
    }

    static @Nullable Gate gate(Dossier dossier, Action action, Actor actor) {
        return gate(dossier, action, actor, NOON.plusSeconds(10));
    }

    private static Loop.Step step(
            String id, Incident.State state, Loop.Owner owner, Loop.Evidence... evidence) {
        return new Loop.Step(
                id,
                Name.of(id),
                state,
                owner,
                new TimeLimit(60, 0),
                new TimeLimit(30, 0),
                Set.of(evidence));
    }
}
