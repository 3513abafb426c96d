package org.maplebridge.signaling.whip;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.signaling.scene.showing.LiveSight;
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
                    case Caller.Participant _ -> false;
                };
        return allowed ? unit.id() : refuse(caller);
    }

    /// What somebody may play.
    ///
    /// @param guest the room that it is shown to, for who has no other right
    record Play(UnitId unit, LiveSight.Right right, @Nullable NodeId guest) {}

    static Play mayPlay(Roster roster, LiveSight sight, Caller caller, String id) {
        var unit = unit(roster, id).id();
        return switch (caller) {
            case Caller.Machine(var key) -> {
                UnitId allowed = key.allows("whep", unit.value()) ? unit : refuse(caller);
                yield new Play(allowed, LiveSight.Right.ALWAYS, null);
            }
            case Caller.Person person ->
                    Optional.of(person)
                            .filter(one -> one.may(Permission.WATCH))
                            .flatMap(one -> sight.of(one.user(), unit))
                            .map(right ->
                                    new Play(
                                            unit,
                                            right,
                                            right.stream() == null ? null : person.user().node()))
                            .orElseThrow(StreamRights::notVisible);
            case Caller.Participant _ -> throw notVisible();
        };
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
