package org.maplebridge.signaling.mediation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.mediation.Rooms;
import org.maplebridge.dispatch.mediation.exhibit.Exhibit;
import org.maplebridge.dispatch.mediation.exhibit.ExhibitRules;
import org.maplebridge.dispatch.mediation.exhibit.Exhibits;
import org.maplebridge.dispatch.mediation.exhibit.Mark;
import org.maplebridge.dispatch.model.EvidenceId;
import org.maplebridge.signaling.protocol.ExhibitMessage.MarkShape;
import org.maplebridge.signaling.protocol.ExhibitNews.ExhibitKind;
import org.maplebridge.signaling.protocol.ExhibitNews.ExhibitsShown;
import org.maplebridge.signaling.protocol.ExhibitNews.TableExhibit;
import org.maplebridge.signaling.protocol.ExhibitNews.TableMark;

/// What lies on one table, and what of it each person was told last: as people move, things come
/// before them and go. It lasts as long as the talk.
///
/// Thread: guarded by its [Table].
final class TableExhibits {
    private final ExhibitLinks links;
    private final Map<PersonId, List<Exhibit>> told = new HashMap<>();
    private Exhibits exhibits = Exhibits.none();

    TableExhibits(ExhibitLinks links) {
        this.links = links;
    }

    Exhibits now() {
        return exhibits;
    }

    void set(Exhibits next) {
        exhibits = next;
    }

    /// A device that knows nothing yet.
    void came(PersonId person) {
        told.remove(person);
    }

    boolean isShown(Mediation mediation, Rooms rooms, PersonId person, EvidenceId id) {
        return ExhibitRules.shown(mediation, rooms, exhibits, person).stream()
                .anyMatch(one -> one.id().equals(id));
    }

    /// Says to each whatever is new for them.
    void tell(Mediation mediation, Rooms rooms, Map<PersonId, Attendant> here) {
        here.forEach((person, attendant) -> {
            var next = ExhibitRules.shown(mediation, rooms, exhibits, person);
            @Nullable List<Exhibit> before = told.put(person, next);
            if (!next.equals(before == null ? List.of() : before)) {
                attendant.send(
                        new ExhibitsShown(
                                next.stream().map(one -> shown(mediation, one, person)).toList()));
            }
        });
    }

    private TableExhibit shown(Mediation mediation, Exhibit exhibit, PersonId reader) {
        var thing = exhibit.thing();
        return new TableExhibit(
                thing.id().value(),
                ExhibitKind.valueOf(thing.kind().name()),
                thing.title(),
                exhibit.by().value(),
                exhibit.audience().word(),
                exhibit.by().equals(reader) || ExhibitRules.leads(mediation, reader),
                links.href(thing.id(), mediation.id(), reader),
                exhibit.marks().stream().map(TableExhibits::drawn).toList());
    }

    private static TableMark drawn(Mark mark) {
        return new TableMark(
                mark.by().value(), MarkShape.valueOf(mark.shape().name()), mark.text());
    }
}
