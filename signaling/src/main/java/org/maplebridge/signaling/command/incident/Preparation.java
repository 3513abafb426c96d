package org.maplebridge.signaling.command.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Action;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Gate;
import org.maplebridge.dispatch.incident.Ledger.Room;
import org.maplebridge.dispatch.incident.Proof;
import org.maplebridge.dispatch.incident.proof.ArrivalRules;
import org.maplebridge.dispatch.incident.proof.ArrivalRules.Sighting;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.dispatch.store.IncidentStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.telemetry.Position;
import org.maplebridge.dispatch.telemetry.Positions;
import org.maplebridge.dispatch.telemetry.Tracks;
import org.maplebridge.signaling.command.incident.IncidentDesk.Outcome;
import org.maplebridge.signaling.scene.LiveBoard;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;

/// What has to be looked up before the rules decide about an action: whether the seat reaches whom
/// it names, whether the ownership list says so, whether a picture runs, where a unit is, and
/// whether a conversation was recorded.
///
/// Thread: any.
public final class Preparation {
    private static final Duration LATELY = Duration.ofSeconds(90);
    private static final int MOST_POINTS = 200;

    /// An action as the rules want it, or why it is none.
    sealed interface Prepared {
        record Ready(Action action) implements Prepared {}

        record Shut(Outcome why) implements Prepared {}
    }

    private final IncidentStore store;
    private final IncidentSight sight;
    private final Agencies agencies;
    private final LiveBoard lives;
    private final Positions positions;
    private final Tracks tracks;
    private final ArrivalRules arrival;
    private final Recordings recordings;
    private final Roster roster;

    public Preparation(
            IncidentStore store,
            IncidentSight sight,
            Agencies agencies,
            LiveBoard lives,
            Positions positions,
            Tracks tracks,
            ArrivalRules arrival,
            Recordings recordings,
            Roster roster) {
        this.store = store;
        this.sight = sight;
        this.agencies = agencies;
        this.lives = lives;
        this.positions = positions;
        this.tracks = tracks;
        this.arrival = arrival;
        this.recordings = recordings;
        this.roster = roster;
    }

    Prepared of(Caller.Person person, Dossier dossier, Action wanted, Instant now)
            throws RecordUnavailable {
        return switch (wanted) {
            case Action.Dispatch dispatch -> dispatch(person, dossier, dispatch);
            case Action.Merge merge ->
                    isWhole(person, dossier, merge.into())
                            ? new Prepared.Ready(merge)
                            : hidden("incident to merge into");
            case Action.Invite invite -> invite(person, dossier, invite);
            case Action.Confer confer -> confer(person, dossier, confer);
            case Action.Settle settle -> new Prepared.Ready(settle);
            case Action.Letter letter ->
                    reaches(person, dossier, letter.node())
                            ? new Prepared.Ready(letter)
                            : hidden("node");
            case Action.Attend attend -> attend(person, dossier, attend, now);
            case Action.CallBack call -> callBack(person, dossier, call, now);
            case Action.Accept _,
                    Action.Return _,
                    Action.Advance _,
                    Action.Back _,
                    Action.Extend _,
                    Action.Close _,
                    Action.Reopen _,
                    Action.Regrade _,
                    Action.Unmerge _,
                    Action.Note _,
                    Action.Recall _,
                    Action.Expect _,
                    Action.Excuse _ ->
                    new Prepared.Ready(wanted);
        };
    }

    private Prepared dispatch(Caller.Person person, Dossier dossier, Action.Dispatch wanted)
            throws RecordUnavailable {
        if (!reaches(person, dossier, wanted.node())) {
            return hidden("node");
        }
        var owner = dossier.incident().node();
        boolean leaves = wanted.role() == Room.Role.OWNER || agencies.isOne(wanted.node());
        return new Prepared.Ready(
                new Action.Dispatch(
                        wanted.node(),
                        wanted.role(),
                        wanted.reason(),
                        sight.isAbove(wanted.node(), owner),
                        leaves && agencies.isUnclear(dossier.incident())));
    }

    private Prepared invite(Caller.Person person, Dossier dossier, Action.Invite wanted)
            throws RecordUnavailable {
        if (roster.organisation().node(wanted.node()).isEmpty()) {
            return hidden("node");
        }
        var agency = agencies.of(dossier.incident(), wanted.node());
        if (agency.isEmpty()) {
            return shut(Gate.NOT_ON_LIST, "The ownership list does not name this room.");
        }
        @Nullable UnitId unit = wanted.unit();
        if (unit != null) {
            if (!roster.visibility().seesUnit(person.user(), unit, Aspect.LIVE)) {
                return hidden("unit");
            }
            if (lives.since(unit).isEmpty()) {
                return shut(Gate.NOT_LIVE, "The picture that was to be shown is over.");
            }
        }
        var item = agency.get().item();
        return new Prepared.Ready(
                new Action.Invite(
                        wanted.node(), unit, wanted.reason(), item.item() + " " + item.text()));
    }

    private Prepared confer(Caller.Person person, Dossier dossier, Action.Confer wanted)
            throws RecordUnavailable {
        for (NodeId node : wanted.nodes()) {
            if (!reaches(person, dossier, node)) {
                return hidden("node");
            }
        }
        return new Prepared.Ready(wanted);
    }

    private Prepared callBack(
            Caller.Person person, Dossier dossier, Action.CallBack wanted, Instant now)
            throws RecordUnavailable {
        var incident = dossier.incident();
        @Nullable Instant again = incident.standing().reopenedAt();
        Instant since = again == null ? incident.openedAt() : again;
        @Nullable String call = wanted.call();
        return call == null || recordings.proves(person, call, since, now)
                ? new Prepared.Ready(wanted)
                : new Prepared.Shut(
                        new Outcome.Refused(
                                Gate.NOT_PROVED,
                                "No recorded conversation of this seat since then has this id.",
                                Map.of("why", "no-recording")));
    }

    private Prepared attend(
            Caller.Person person, Dossier dossier, Action.Attend wanted, Instant now) {
        return switch (wanted.proof()) {
            case Proof.Place(var unit, _, _) -> {
                if (!roster.visibility().seesUnit(person.user(), unit, Aspect.UNITS)) {
                    yield hidden("unit");
                }
                yield located(dossier, wanted.who(), unit, now);
            }
            case Proof.Picture _, Proof.Word _ -> new Prepared.Ready(wanted);
            // Only its own end says that one was held.
            case Proof.Mediated _ -> hidden("mediation");
        };
    }

    private Prepared located(Dossier dossier, String who, UnitId unit, Instant now) {
        var way = way(unit);
        var verdict = arrival.judge(dossier.incident().point(), way, now);
        ArrivalRules.@Nullable Fault fault = verdict.fault();
        if (fault == null) {
            var seenAt = way.getLast().at();
            return new Prepared.Ready(
                    new Action.Attend(who, new Proof.Place(unit, verdict.metres(), seenAt)));
        }
        var more = new TreeMap<String, Object>();
        more.put("why", fault.word());
        more.put("withinMetres", arrival.withinMetres());
        if (verdict.metres() != null) {
            more.put("metres", verdict.metres());
            more.put("seenAt", way.getLast().at().toString());
        }
        return new Prepared.Shut(
                new Outcome.Refused(
                        Gate.NOT_PROVED, "Where the unit is does not show that it came.", more));
    }

    /// Of the last position, and the way there where that is known.
    private List<Sighting> way(UnitId unit) {
        Optional<Position> last = positions.of(unit);
        if (last.isEmpty()) {
            return List.of();
        }
        var at = last.get().at();
        var way =
                tracks.between(unit, at.minus(LATELY), at, MOST_POINTS).stream()
                        .filter(point -> point.at().isBefore(at))
                        .map(Preparation::sighting)
                        .toList();
        return Stream.concat(way.stream(), Stream.of(sighting(last.get()))).toList();
    }

    private static Sighting sighting(Position position) {
        return new Sighting(position.point(), position.at());
    }

    /// Rooms by the tree and the pair, agencies by the list.
    private boolean reaches(Caller.Person person, Dossier dossier, NodeId node)
            throws RecordUnavailable {
        var incident = dossier.incident();
        return sight.reachable(person.user(), incident.node(), node).isPresent()
                || agencies.of(incident, node).isPresent();
    }

    /// Parts are never more than one deep.
    private boolean isWhole(Caller.Person person, Dossier part, IncidentId into)
            throws RecordUnavailable {
        return !into.equals(part.incident().id())
                && store.dossier(into)
                        .filter(other -> sight.sees(person, other))
                        .filter(other -> !other.incident().isClosed())
                        .isPresent()
                && store.mergedInto(part.incident().id(), 1).isEmpty();
    }

    private static Prepared hidden(String what) {
        return new Prepared.Shut(new Outcome.NotVisible(what));
    }

    private static Prepared shut(Gate gate, String text) {
        return new Prepared.Shut(new Outcome.Refused(gate, text, Map.of()));
    }
}
