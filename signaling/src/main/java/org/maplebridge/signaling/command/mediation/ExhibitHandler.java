package org.maplebridge.signaling.command.mediation;

import java.util.Map;
import java.util.Optional;
import org.maplebridge.dispatch.evidence.Evidence;
import org.maplebridge.dispatch.mediation.Bar;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.mediation.Room;
import org.maplebridge.dispatch.mediation.exhibit.Audience;
import org.maplebridge.dispatch.mediation.exhibit.ExhibitRules;
import org.maplebridge.dispatch.mediation.exhibit.Mark;
import org.maplebridge.dispatch.model.EvidenceId;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.mediation.Attendant;
import org.maplebridge.signaling.mediation.ExhibitFolder;
import org.maplebridge.signaling.mediation.Table;
import org.maplebridge.signaling.protocol.ExhibitMessage;
import org.maplebridge.signaling.protocol.ExhibitMessage.ExhibitClear;
import org.maplebridge.signaling.protocol.ExhibitMessage.ExhibitMark;
import org.maplebridge.signaling.protocol.ExhibitMessage.ExhibitRemove;
import org.maplebridge.signaling.protocol.ExhibitMessage.ExhibitShow;

/// What people at a table do with documents and pictures.
///
/// Thread: any; each session's own.
public final class ExhibitHandler {
    private final ExhibitFolder folder;

    public ExhibitHandler(ExhibitFolder folder) {
        this.folder = folder;
    }

    /// @return what stands against it
    Optional<Bar> handle(Attendant who, Table table, ExhibitMessage message)
            throws RecordUnavailable {
        var person = who.participant().person();
        return switch (message) {
            case ExhibitShow(String evidence, String to) -> show(who, table, evidence, to);
            case ExhibitMark said -> {
                Optional<Mark> mark =
                        Mark.of(person, Mark.Shape.valueOf(said.shape().name()), said.points());
                yield enact(
                        who,
                        table,
                        said.evidence(),
                        "marked",
                        id ->
                                (m, rooms, all) ->
                                        ExhibitRules.mark(m, rooms, all, person, id, mark));
            }
            case ExhibitClear(String evidence) ->
                    enact(
                            who,
                            table,
                            evidence,
                            "cleared",
                            id -> (m, rooms, all) -> ExhibitRules.clear(m, rooms, all, person, id));
            case ExhibitRemove(String evidence) ->
                    enact(
                            who,
                            table,
                            evidence,
                            "removed",
                            id ->
                                    (m, rooms, all) ->
                                            ExhibitRules.remove(m, rooms, all, person, id));
        };
    }

    private Optional<Bar> show(Attendant who, Table table, String evidence, String to)
            throws RecordUnavailable {
        var person = who.participant().person();
        Optional<Audience> audience = audience(to);
        if (audience.isEmpty()) {
            return Optional.of(Bar.NO_SUCH_ROOM);
        }
        Optional<Evidence> found =
                Ids.isValid(evidence)
                        ? folder.find(table.mediation(), person, new EvidenceId(evidence))
                        : Optional.empty();
        if (found.isEmpty()) {
            return Optional.of(Bar.NO_SUCH_EXHIBIT);
        }
        var thing = ExhibitFolder.thing(found.get());
        var detail =
                Map.of(
                        "exhibit",
                        "shown",
                        "evidence",
                        evidence,
                        "sha256",
                        found.get().claim().sha256(),
                        "to",
                        to);
        return table.exhibit(
                who,
                detail,
                (m, rooms, all) -> ExhibitRules.show(m, rooms, all, person, thing, audience.get()));
    }

    private interface Act {
        Table.ExhibitChange on(EvidenceId id);
    }

    private static Optional<Bar> enact(
            Attendant who, Table table, String evidence, String what, Act act)
            throws RecordUnavailable {
        return Ids.isValid(evidence)
                ? table.exhibit(
                        who,
                        Map.of("exhibit", what, "evidence", evidence),
                        act.on(new EvidenceId(evidence)))
                : Optional.of(Bar.NO_SUCH_EXHIBIT);
    }

    private static Optional<Audience> audience(String word) {
        return switch (word) {
            case "all" -> Optional.of(Audience.EVERYBODY);
            case "joint" -> Optional.of(new Audience.In(Room.JOINT));
            case "waiting" -> Optional.of(new Audience.In(Room.WAITING));
            default ->
                    PersonId.isValid(word)
                            ? Optional.of(new Audience.In(Room.of(new PersonId(word))))
                            : Optional.empty();
        };
    }
}
