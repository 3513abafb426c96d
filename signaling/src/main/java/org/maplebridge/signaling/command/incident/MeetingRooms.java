package org.maplebridge.signaling.command.incident;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Ledger.Room;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.store.IncidentStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.scene.Chronicle;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.security.Caller;

/// Rooms that have one open incident may talk about it, however far apart they stand in the tree:
/// call each other's room, and be in one talk group.
///
/// Thread: any.
public final class MeetingRooms {
    private final IncidentStore incidents;
    private final IncidentSight sight;
    private final Chronicle chronicle;
    private final InstantSource clock;

    public MeetingRooms(
            IncidentStore incidents,
            IncidentSight sight,
            Chronicle chronicle,
            InstantSource clock) {
        this.incidents = incidents;
        this.sight = sight;
        this.chronicle = chronicle;
        this.clock = clock;
    }

    public boolean sees(Caller.Person person, IncidentId id) throws RecordUnavailable {
        return line(person, id).isPresent();
    }

    /// Whether this person sees the incident, and the unit is a room that it was given to.
    public boolean haveBoth(Caller.Person person, Unit unit, IncidentId id)
            throws RecordUnavailable {
        return unit.kind().isRoom()
                && line(person, id)
                        .filter(line -> !line.incident().isClosed())
                        .filter(line ->
                                line.rooms().stream()
                                        .anyMatch(room ->
                                                room.node().equals(unit.node())
                                                        && room.state() != Room.State.RETURNED))
                        .isPresent();
    }

    /// Stands in the time line.
    public void rang(Peer peer, IncidentId id, Unit unit) {
        var user = peer.person().user();
        chronicle.note(
                new Happening(
                        clock.instant(),
                        JournalKind.INCIDENT_CHANGED,
                        user.id(),
                        user.seat(),
                        List.of(Subject.of(id), Subject.of(unit.node())),
                        Map.of("action", "RING", "node", unit.node().value())));
    }

    private Optional<Dossier.Line> line(Caller.Person person, IncidentId id)
            throws RecordUnavailable {
        return incidents.line(id).filter(line -> sight.sees(person, line));
    }
}
