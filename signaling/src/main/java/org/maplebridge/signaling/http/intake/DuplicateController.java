package org.maplebridge.signaling.http.intake;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.intake.Likeness;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.ReportStore;
import org.maplebridge.signaling.command.incident.IncidentDesk;
import org.maplebridge.signaling.command.incident.IncidentSight;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.security.Caller;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// Which open incidents may be the same matter, for a person to decide.
@RestController
public class DuplicateController {
    private static final int MOST_COMPARED = 500;
    private static final int MOST_SUGGESTED = 10;

    /// @param score 0 to 1
    public record DuplicateView(
            String id,
            String number,
            String title,
            String place,
            Instant openedAt,
            double score,
            Set<Likeness.Why> why) {}

    private final ReportStore reports;
    private final IncidentDesk desk;
    private final IncidentSight sight;

    public DuplicateController(RecordStores record, IncidentDesk desk, IncidentSight sight) {
        this.reports = record.reports();
        this.desk = desk;
        this.sight = sight;
    }

    @GetMapping("/api/incidents/{id}/duplicates")
    List<DuplicateView> duplicates(
            @AuthenticationPrincipal Caller.Person person, @PathVariable String id)
            throws RecordUnavailable {
        var incident = visible(person, id);
        var matter = reports.matter(incident.id()).orElseThrow();
        var since = incident.openedAt().minus(Likeness.LOOK_BACK);
        var others = reports.openMatters(sight.rooms(person.user()), since, MOST_COMPARED);
        return Likeness.suggest(matter, others, MOST_SUGGESTED).stream()
                .map(DuplicateController::shown)
                .toList();
    }

    private Incident visible(Caller.Person person, String id) throws RecordUnavailable {
        Optional<Dossier> found =
                Ids.isValid(id) ? desk.find(person, new IncidentId(id)) : Optional.empty();
        return found.orElseThrow(() -> ApiProblem.notVisible("incident")).incident();
    }

    private static DuplicateView shown(Likeness.Suggestion suggestion) {
        var matter = suggestion.matter();
        return new DuplicateView(
                matter.id().value(),
                matter.number(),
                matter.title(),
                matter.place(),
                matter.openedAt(),
                Math.round(suggestion.score() * 100) / 100.0,
                suggestion.why());
    }
}
