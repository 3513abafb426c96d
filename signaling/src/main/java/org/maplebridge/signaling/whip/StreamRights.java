package org.maplebridge.signaling.whip;

import java.util.Optional;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;
import org.springframework.http.HttpStatus;

/// Who may publish or play which unit.
final class StreamRights {
    private StreamRights() {}

    static UnitId mayPublish(Roster roster, Caller caller, String id) {
        var unit = unit(roster, id);
        boolean allowed =
                switch (caller) {
                    case Caller.Machine(var key) -> key.allows("whip", unit.id().value());
                    case Caller.Person person ->
                            person.may(Permission.ADMIN)
                                    || (person.may(Permission.LIVE_SEND)
                                            && unit.id().equals(person.user().unit()));
                };
        return allowed ? unit.id() : refuse(caller);
    }

    static UnitId mayPlay(Roster roster, Caller caller, String id) {
        var unit = unit(roster, id);
        boolean allowed =
                switch (caller) {
                    case Caller.Machine(var key) -> key.allows("whep", unit.id().value());
                    case Caller.Person person ->
                            person.may(Permission.WATCH)
                                    && roster.visibility()
                                            .seesUnit(person.user(), unit, Aspect.LIVE);
                };
        return allowed ? unit.id() : refuse(caller);
    }

    /// A key knows what it was made for; people must not learn what exists elsewhere.
    private static UnitId refuse(Caller caller) {
        throw caller instanceof Caller.Machine
                ? new StreamProblem(
                        HttpStatus.FORBIDDEN, "not-allowed", "This key is not for this.")
                : notVisible();
    }

    private static Unit unit(Roster roster, String id) {
        return Optional.of(id)
                .filter(Ids::isValid)
                .flatMap(valid -> roster.organisation().unit(new UnitId(valid)))
                .orElseThrow(StreamRights::notVisible);
    }

    private static StreamProblem notVisible() {
        return new StreamProblem(HttpStatus.NOT_FOUND, "not-visible", "There is no such unit.");
    }
}
