package org.maplebridge.signaling.http.consultation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.figures.Period;
import org.maplebridge.dispatch.figures.meeting.Recurrence;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.mediation.Bar;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.consultation.Preset;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.command.incident.IncidentDesk;
import org.maplebridge.signaling.http.Access;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.mediation.consultation.Consultations;
import org.maplebridge.signaling.mediation.consultation.MeetingTimes;
import org.maplebridge.signaling.mediation.consultation.Presets;
import org.maplebridge.signaling.mediation.expert.Rings.Answered;
import org.maplebridge.signaling.protocol.ConsultationNews.Consultation;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Meetings by one press, for the rooms that may call them and for who is called.
@RestController
public class ConsultationController {
    private static final int ID_CHARS = 64;

    /// @param presets that the caller may call
    /// @param open that the caller may know of
    record Overview(List<PresetView> presets, List<Consultation> open) {}

    /// @param every absent for one that does not come again
    /// @param nextAt when it is time for the next one
    record PresetView(
            String id,
            String town,
            String name,
            List<String> members,
            @Nullable Period every,
            @Nullable Instant nextAt) {}

    record Wanted(@Nullable String preset, @Nullable String town, @Nullable String incident) {}

    /// @param path of a page that opens once
    record Way(String path) {}

    private final Consultations consultations;
    private final Presets presets;
    private final MeetingTimes times;
    private final IncidentDesk incidents;
    private final Roster roster;

    public ConsultationController(
            Consultations consultations,
            Presets presets,
            MeetingTimes times,
            IncidentDesk incidents,
            Roster roster) {
        this.consultations = consultations;
        this.presets = presets;
        this.times = times;
        this.incidents = incidents;
        this.roster = roster;
    }

    @GetMapping("/api/consultations")
    Overview overview(@AuthenticationPrincipal Caller.Person person) throws RecordUnavailable {
        var organisation = roster.organisation();
        var locale = person.user().locale();
        var may =
                presets.all().stream()
                        .filter(one -> Presets.mayCall(organisation, person, one))
                        .map(one -> view(one, locale))
                        .toList();
        var open =
                consultations.open().stream()
                        .filter(one -> Presets.sees(organisation, person, one))
                        .map(one -> consultations.view(one, locale))
                        .toList();
        return new Overview(may, open);
    }

    private PresetView view(Preset preset, String locale) {
        return new PresetView(
                preset.id(),
                preset.town().value(),
                preset.name().in(locale),
                preset.members().stream().map(member -> name(member, locale)).toList(),
                presets.every(preset).map(Recurrence::every).orElse(null),
                times.next(preset).orElse(null));
    }

    private String name(UserId account, String locale) {
        return roster.organisation()
                .user(account)
                .map(User::name)
                .map(name -> name.in(locale))
                .orElse(account.value());
    }

    /// Calls it together; when it goes on already, rings again who is not there.
    @PostMapping("/api/consultations")
    ResponseEntity<Consultation> call(
            @AuthenticationPrincipal Caller.Person person, @RequestBody Wanted wanted)
            throws RecordUnavailable {
        var preset =
                presets.find(
                                Access.text(wanted.preset(), "preset", ID_CHARS),
                                Access.text(wanted.town(), "town", ID_CHARS))
                        .filter(one -> Presets.mayCall(roster.organisation(), person, one))
                        .orElseThrow(() -> ApiProblem.notVisible("preset"));
        var about = about(person, wanted.incident(), preset);
        var called = consultations.call(person.user(), preset, about);
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(consultations.view(called, person.user().locale()));
    }

    /// A town's people are called together about what their room has, and nothing else.
    private Optional<Incident> about(Caller.Person person, @Nullable String id, Preset preset)
            throws RecordUnavailable {
        if (id == null) {
            return Optional.empty();
        }
        var found =
                Optional.of(id)
                        .filter(Ids::isValid)
                        .map(IncidentId::new)
                        .orElseThrow(() -> ApiProblem.notVisible("incident"));
        var dossier =
                incidents.find(person, found).orElseThrow(() -> ApiProblem.notVisible("incident"));
        boolean theirs =
                dossier.ledger().rooms().stream()
                        .anyMatch(room -> room.node().equals(preset.town()));
        if (!theirs) {
            throw new ApiProblem(
                    HttpStatus.CONFLICT,
                    "incident-elsewhere",
                    "The incident was not given to that town.");
        }
        return Optional.of(dossier.incident());
    }

    /// The caller's own place.
    @PostMapping("/api/consultations/{id}/seat")
    ResponseEntity<Way> seat(@AuthenticationPrincipal Caller.Person person, @PathVariable String id)
            throws RecordUnavailable {
        return switch (consultations.seat(theirs(person, id).id(), person.user())) {
            case Answered.Done(@Nullable String path) ->
                    ResponseEntity.status(HttpStatus.CREATED)
                            .header(HttpHeaders.CACHE_CONTROL, "no-store")
                            .body(new Way(path == null ? "" : path));
            case Answered.Barred(Bar why) -> throw problem(why);
        };
    }

    /// For all who are there.
    @PostMapping("/api/consultations/{id}/end")
    Consultation end(@AuthenticationPrincipal Caller.Person person, @PathVariable String id)
            throws RecordUnavailable {
        var it = theirs(person, id);
        Optional<Bar> bar = consultations.end(it.id(), person.user());
        if (bar.isPresent() && bar.get() != Bar.MEDIATION_OVER) {
            throw problem(bar.get());
        }
        return consultations.view(theirs(person, id), person.user().locale());
    }

    private Mediation theirs(Caller.Person person, String id) throws RecordUnavailable {
        Optional<Mediation> found =
                Ids.isValid(id) ? consultations.find(new MediationId(id)) : Optional.empty();
        return found.filter(one -> Presets.sees(roster.organisation(), person, one))
                .orElseThrow(() -> ApiProblem.notVisible("consultation"));
    }

    private static ApiProblem problem(Bar bar) {
        return new ApiProblem(HttpStatus.CONFLICT, bar.code(), bar.sentence());
    }
}
