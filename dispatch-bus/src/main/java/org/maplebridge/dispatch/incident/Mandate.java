package org.maplebridge.dispatch.incident;

import java.util.Optional;
import java.util.function.Predicate;
import org.maplebridge.dispatch.incident.Ledger.Room;

/// What a seat may do with one incident, whatever step it is at: through the room that is
/// responsible, which its own or one above leads, or through a room that handles a share.
///
/// Pure.
record Mandate(Dossier dossier, Actor actor) {
    boolean leadsOwner() {
        return actor.leads().test(dossier.incident().node());
    }

    /// A share that this seat acts for; its own room's before one below.
    Optional<Room> share(Predicate<Room> which) {
        var led =
                dossier.ledger().rooms().stream()
                        .filter(which)
                        .filter(room -> actor.leads().test(room.node()))
                        .toList();
        return led.stream()
                .filter(room -> room.node().equals(actor.node()))
                .findFirst()
                .or(() -> led.stream().findFirst());
    }

    /// The share of the own room, when that only takes part.
    Optional<Room> ownShare() {
        return dossier.ledger()
                .room(actor.node())
                .filter(room -> room.role() == Room.Role.JOINT)
                .filter(room -> room.state() == Room.State.ACCEPTED);
    }

    boolean commandsHandling() {
        return actor.commands() && (leadsOwner() || share(Room::isIn).isPresent());
    }

    boolean answersFor(Loop.Step step) {
        return leadsOwner()
                && switch (step.owner()) {
                    case OWNER, ROOMS -> actor.commands();
                    case SUPERVISOR -> actor.supervises();
                    case CENTRE -> actor.supervises() && actor.highest();
                };
    }

    boolean signsOff() {
        return leadsOwner()
                && switch (SeverityPolicy.of(dossier.incident().severity()).signOff()) {
                    case SEAT -> actor.commands();
                    case SUPERVISOR -> actor.commands() && actor.supervises();
                    case CENTRE -> actor.supervises() && actor.highest();
                };
    }

    boolean allows(Action action, Loop.Step step) {
        return switch (action.kind()) {
            case ACCEPT -> actor.commands() && share(_ -> true).isPresent();
            case RETURN -> actor.commands() && share(r -> r.role() == Room.Role.JOINT).isPresent();
            case DISPATCH -> mayDispatch((Action.Dispatch) action);
            case ADVANCE -> answersFor(step) || (actor.commands() && ownShare().isPresent());
            case BACK -> answersFor(step) || (leadsOwner() && actor.supervises());
            case ATTEND, CALLBACK, EXPECT, EXCUSE, INVITE, RECALL -> commandsHandling();
            case CONFER, SETTLE -> leadsOwner() && actor.commands();
            case LETTER -> leadsOwner() && (actor.commands() || actor.supervises());
            case EXTEND -> commandsHandling() || (leadsOwner() && actor.supervises());
            case CLOSE -> signsOff();
            case REOPEN -> leadsOwner() && (actor.commands() || actor.supervises());
            case SEVERITY, MERGE, UNMERGE -> leadsOwner() && actor.commands();
            case NOTE ->
                    (actor.commands() || actor.supervises())
                            && (leadsOwner() || share(_ -> true).isPresent());
        };
    }

    private boolean mayDispatch(Action.Dispatch dispatch) {
        return dispatch.role() == Room.Role.OWNER
                ? leadsOwner() && actor.commands()
                : commandsHandling();
    }
}
