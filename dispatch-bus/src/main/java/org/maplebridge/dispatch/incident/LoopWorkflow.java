package org.maplebridge.dispatch.incident;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Decision.Done;
import org.maplebridge.dispatch.incident.Decision.Refused;
import org.maplebridge.dispatch.incident.Ledger.Contact;
import org.maplebridge.dispatch.incident.Ledger.Room;
import org.maplebridge.dispatch.incident.Ledger.Visit;
import org.maplebridge.dispatch.model.MediationId;

/// How an incident walks its loop: where it stands, an action and a seat in, where it stands then
/// or a named refusal out.
///
/// Pure.
public final class LoopWorkflow {
    private final Loops loops;

    public LoopWorkflow(Loops loops) {
        this.loops = loops;
    }

    public Loops loops() {
        return loops;
    }

    /// Begins at the first step of the loop for its kind.
    public Dossier open(Dossier.Report report, Instant at) {
        Loop loop = loops.forKind(report.origin().kind());
        Loop.Step first = loop.first();
        var standing = new Standing(loop.id(), first.id(), due(first, at), null, null, null);
        var incident =
                new Incident(
                        report.id(),
                        "",
                        report.title(),
                        report.severity(),
                        first.state(),
                        report.node(),
                        report.place(),
                        report.point(),
                        at,
                        null,
                        report.origin(),
                        standing,
                        0);
        var owner = report.accepted() ? Room.State.ACCEPTED : Room.State.OFFERED;
        return new Dossier(incident, Ledger.begun(incident, owner));
    }

    /// The step an incident is at; the first of its state, or of all, when it is not known any
    /// more.
    public Loop.Step step(Incident incident) {
        Loop loop = loops.of(incident);
        return loop.step(incident.standing().step())
                .or(() ->
                        loop.steps().stream()
                                .filter(step -> step.state() == incident.state())
                                .findFirst())
                .orElse(loop.first());
    }

    /// @param now when it is done
    public Decision decide(Dossier dossier, Action action, Actor actor, Instant now) {
        var incident = dossier.incident();
        Loop.Step step = step(incident);
        if (!new Mandate(dossier, actor).allows(action, step)) {
            return new Refused(Gate.NOT_ALLOWED, "This is for another seat or room.");
        }
        boolean reopens = action.kind() == Action.Kind.REOPEN;
        boolean unmerges = action.kind() == Action.Kind.UNMERGE;
        boolean fits =
                incident.isClosed()
                        ? reopens || unmerges || action.kind() == Action.Kind.NOTE
                        : !reopens && !unmerges;
        if (!fits) {
            return notAllowed(incident.isClosed() ? "It is closed." : "It is not closed.");
        }
        if (dossier.ledger().isFull() && action.kind() != Action.Kind.CLOSE) {
            return notAllowed("Its ledger is full: only closing is left.");
        }
        var turn = new Turn(dossier, loops.of(incident), step, actor, now);
        return switch (action) {
            case Action.Accept _ -> turn.accept();
            case Action.Return back -> turn.giveBack(back);
            case Action.Dispatch dispatch -> turn.dispatch(dispatch);
            case Action.Advance advance -> turn.advance(advance);
            case Action.Back back -> turn.back(back);
            case Action.CallBack call -> turn.callBack(call);
            case Action.Extend extend -> turn.extend(extend);
            case Action.Close close -> turn.close(close);
            case Action.Reopen reopen -> turn.reopen(reopen);
            case Action.Regrade regrade -> turn.regrade(regrade);
            case Action.Merge merge -> turn.merge(merge);
            case Action.Unmerge _ -> turn.unmerge();
            case Action.Note note ->
                    new Done(dossier, noted(dossier, Map.of("text", note.text()), action.kind()));
            case Action.Attend attend -> turn.meeting.attend(attend);
            case Action.Expect expect -> turn.meeting.expect(expect);
            case Action.Excuse excuse -> turn.meeting.excuse(excuse);
            case Action.Invite invite -> turn.meeting.invite(invite);
            case Action.Recall recall -> turn.meeting.recall(recall);
            case Action.Confer confer -> turn.meeting.confer(confer);
            case Action.Settle settle -> turn.meeting.settle(settle);
            case Action.Letter letter -> turn.meeting.write(letter);
        };
    }

    /// People have met about it in a mediation that is on record; that is so whatever the mediator
    /// may do with the incident.
    ///
    /// @return nothing where it changes nothing: the incident is closed, or its loop asks for none
    public Optional<Decision> mediated(
            Dossier dossier, MediationId mediation, Actor actor, Instant now) {
        var incident = dossier.incident();
        var loop = loops.of(incident);
        Loop.@Nullable Post village = loop.village();
        if (village == null || incident.isClosed() || dossier.ledger().isFull()) {
            return Optional.empty();
        }
        var turn = new Turn(dossier, loop, step(incident), actor, now);
        var attend = new Action.Attend(village.id(), new Proof.Mediated(mediation));
        return Optional.of(turn.meeting.attend(attend));
    }

    private @Nullable Instant due(Loop.Step step, Instant from) {
        @Nullable TimeLimit limit = step.limit();
        return limit == null ? null : loops.calendar().after(from, limit);
    }

    static Refused notAllowed(String why) {
        return new Refused(Gate.STEP_NOT_ALLOWED, why);
    }

    /// What the journal keeps of an act.
    static Map<String, String> noted(Dossier next, Map<String, String> detail, Action.Kind kind) {
        var more = new TreeMap<>(detail);
        more.put("action", kind.name());
        more.put("state", next.incident().state().name());
        more.put("step", next.incident().standing().step());
        return more;
    }

    /// One action on one incident, when seat and state allow it.
    private final class Turn {
        private final Dossier dossier;
        private final Incident incident;
        private final Ledger ledger;
        private final Loop loop;
        private final Loop.Step step;
        private final Actor actor;
        private final Instant now;
        private final Mandate mandate;
        private final Gates gates;
        private final Meeting meeting;

        Turn(Dossier dossier, Loop loop, Loop.Step step, Actor actor, Instant now) {
            this.dossier = dossier;
            this.incident = dossier.incident();
            this.ledger = dossier.ledger();
            this.loop = loop;
            this.step = step;
            this.actor = actor;
            this.now = now;
            mandate = new Mandate(dossier, actor);
            gates = new Gates(loop);
            meeting = new Meeting(dossier, loop, actor, now);
        }

        Decision accept() {
            Optional<Room> offered = mandate.share(room -> room.state() == Room.State.OFFERED);
            return offered.<Decision>map(
                            room -> answered(room, Room.State.ACCEPTED, null, Action.Kind.ACCEPT))
                    .orElseGet(() -> notAllowed("Nothing is offered to this room."));
        }

        Decision giveBack(Action.Return action) {
            Optional<Room> share =
                    mandate.share(room ->
                            room.role() == Room.Role.JOINT
                                    && (room.state() == Room.State.OFFERED
                                            || room.state() == Room.State.ACCEPTED));
            return share.<Decision>map(room ->
                            answered(
                                    room, Room.State.RETURNED, action.reason(), Action.Kind.RETURN))
                    .orElseGet(() -> notAllowed("This room has nothing to give back."));
        }

        Decision dispatch(Action.Dispatch action) {
            Optional<Room> there = ledger.room(action.node());
            boolean owns = action.node().equals(incident.node());
            boolean takesPart =
                    there.filter(room -> room.state() != Room.State.RETURNED).isPresent();
            if (owns || (takesPart && action.role() == Room.Role.JOINT)) {
                return notAllowed("That room has it already.");
            }
            Optional<Refused> shut = gates.dispatching(action, dossier);
            if (shut.isPresent()) {
                return shut.get();
            }
            var next =
                    action.role() == Room.Role.OWNER
                            ? meeting.handedTo(
                                    action.node(), action.reason(), ledger, Room.State.OFFERED)
                            : new Dossier(
                                    incident, meeting.offered(action.node(), action.reason()));
            var detail = new TreeMap<String, String>();
            detail.put("node", action.node().value());
            detail.put("role", action.role().name());
            put(detail, "reason", action.reason());
            return done(next, detail, Action.Kind.DISPATCH);
        }

        Decision advance(Action.Advance action) {
            Optional<Room> own = mandate.ownShare();
            var detail = new TreeMap<String, String>();
            put(detail, "note", action.note());
            if (own.isPresent()) {
                var share = own.get().answered(Room.State.DONE, now, action.note());
                detail.put("node", share.node().value());
                var next = new Dossier(incident, ledger.with(share));
                return done(next, detail, Action.Kind.ADVANCE);
            }
            Optional<Loop.Step> next = loop.next(step);
            if (next.isEmpty()) {
                return notAllowed("This is the last step: it is left by closing.");
            }
            Optional<Refused> shut = gates.leaving(dossier, step, action.note(), now);
            return shut.isPresent()
                    ? shut.get()
                    : done(moved(next.get(), null, ownerIsIn()), detail, Action.Kind.ADVANCE);
        }

        Decision back(Action.Back action) {
            Optional<Loop.Step> before = loop.before(step);
            return before.<Decision>map(target ->
                            done(
                                    moved(target, action.reason(), ledger),
                                    Map.of("reason", action.reason()),
                                    Action.Kind.BACK))
                    .orElseGet(() -> notAllowed("This is the first step."));
        }

        Decision callBack(Action.CallBack action) {
            var contact =
                    new Contact(now, actor.user(), action.how(), action.text(), action.call());
            var detail = new TreeMap<String, String>();
            detail.put("how", action.how().name());
            put(detail, "text", action.text());
            put(detail, "call", action.call());
            return done(new Dossier(incident, ledger.with(contact)), detail, Action.Kind.CALLBACK);
        }

        Decision extend(Action.Extend action) {
            if (step.limit() == null) {
                return notAllowed("This step has no time limit.");
            }
            @Nullable Instant later = due(step, now);
            var visit = ledger.visit().extended(later, action.reason());
            var next = incident.standing(incident.state(), incident.standing().due(later), null);
            var detail = new TreeMap<String, String>();
            detail.put("reason", action.reason());
            put(detail, "due", later == null ? null : later.toString());
            return done(new Dossier(next, ledger.visiting(visit)), detail, Action.Kind.EXTEND);
        }

        Decision close(Action.Close action) {
            if (loop.next(step).isPresent()) {
                return notAllowed("Steps of the loop are still ahead.");
            }
            Optional<Refused> shut = gates.closing(dossier, step, action.result(), actor, now);
            if (shut.isPresent()) {
                return shut.get();
            }
            var standing = incident.standing().closed(loop.last().id(), action.result());
            var ended = ownerIs(Room.State.DONE).visiting(ledger.visit().left(now, null));
            var closes = loop.last();
            var full =
                    closes.equals(step)
                            ? ended
                            : ended.entering(new Visit(closes.id(), now, now, null, null));
            return done(
                    new Dossier(incident.standing(Incident.State.CLOSED, standing, now), full),
                    Map.of("result", action.result()),
                    Action.Kind.CLOSE);
        }

        Decision reopen(Action.Reopen action) {
            if (incident.standing().merged() != null) {
                return notAllowed("It is a part of another one.");
            }
            Loop.Step again = loop.again();
            @Nullable Instant due = due(again, now);
            var standing = incident.standing().reopened(again.id(), due, now);
            var rooms =
                    ownerIs(Room.State.ACCEPTED)
                            .entering(new Visit(again.id(), now, null, due, null));
            return done(
                    new Dossier(incident.standing(again.state(), standing, null), rooms),
                    Map.of("reason", action.reason()),
                    Action.Kind.REOPEN);
        }

        Decision regrade(Action.Regrade action) {
            if (incident.severity() == action.severity()) {
                return notAllowed("It has this severity.");
            }
            return done(
                    new Dossier(incident.graded(action.severity()), ledger),
                    Map.of("severity", action.severity().name(), "reason", action.reason()),
                    Action.Kind.SEVERITY);
        }

        Decision merge(Action.Merge action) {
            var standing = incident.standing().mergedInto(action.into()).due(null);
            return done(
                    new Dossier(
                            incident.standing(Incident.State.CLOSED, standing, now),
                            ledger.visiting(ledger.visit().left(now, null))),
                    Map.of("into", action.into().value()),
                    Action.Kind.MERGE);
        }

        Decision unmerge() {
            var into = incident.standing().merged();
            if (into == null) {
                return notAllowed("It is no part of another one.");
            }
            @Nullable Instant due = due(step, now);
            var standing = incident.standing().mergedInto(null).due(due);
            return done(
                    new Dossier(
                            incident.standing(step.state(), standing, null),
                            ledger.entering(new Visit(step.id(), now, null, due, null))),
                    Map.of("from", into.value()),
                    Action.Kind.UNMERGE);
        }

        private Done done(Dossier next, Map<String, String> detail, Action.Kind kind) {
            return new Done(next, noted(next, detail, kind));
        }

        private Done answered(
                Room room, Room.State answer, @Nullable String reason, Action.Kind kind) {
            var detail = new TreeMap<String, String>();
            detail.put("node", room.node().value());
            put(detail, "reason", reason);
            var share = room.answered(answer, now, reason == null ? room.reason() : reason);
            return done(new Dossier(incident, ledger.with(share)), detail, kind);
        }

        private Dossier moved(Loop.Step to, @Nullable String reason, Ledger rooms) {
            @Nullable Instant due = due(to, now);
            var left = rooms.visiting(ledger.visit().left(now, reason));
            return new Dossier(
                    incident.standing(to.state(), incident.standing().at(to.id(), due), null),
                    left.entering(new Visit(to.id(), now, null, due, null)));
        }

        /// Whoever goes on with it has taken it on.
        private Ledger ownerIsIn() {
            boolean offered =
                    ledger.room(incident.node())
                            .filter(room -> room.state() == Room.State.OFFERED)
                            .isPresent();
            return offered ? ownerIs(Room.State.ACCEPTED) : ledger;
        }

        private Ledger ownerIs(Room.State state) {
            return ledger.room(incident.node())
                    .map(room -> ledger.with(room.answered(state, now, room.reason())))
                    .orElse(ledger);
        }

        private static void put(Map<String, String> detail, String key, @Nullable String value) {
            if (value != null) {
                detail.put(key, value);
            }
        }
    }
}
