package org.maplebridge.signaling.http.mediation;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.mediation.Bar;
import org.maplebridge.dispatch.mediation.CaseRules;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.Person;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.mediation.Ruling;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.mediation.MediationStore;
import org.maplebridge.signaling.command.incident.IncidentDesk;
import org.maplebridge.signaling.http.Access;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.mediation.Invitations;
import org.maplebridge.signaling.mediation.MediationJournal;
import org.maplebridge.signaling.mediation.Sealing;
import org.maplebridge.signaling.mediation.Tables;
import org.maplebridge.signaling.mediation.telephone.AccessCodes;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Secrets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Mediations, for who leads them: opened, people added and invited, a place at the table taken.
@RestController
public class MediationController {
    private static final int MOST = 200;
    private static final int PHONE_CHARS = 30;

    record NewMediation(
            @Nullable String title,
            @Nullable String matter,
            @Nullable String incident,
            @Nullable Instant scheduledAt,
            @Nullable List<NewPerson> people) {}

    /// @param side the party that an agent or interpreter goes with
    record NewPerson(
            @Nullable String role,
            @Nullable String name,
            @Nullable String side,
            @Nullable String phone) {}

    /// @param path to be opened on the person's device; what stands behind `#` never leaves it
    ///   unasked
    record InvitationView(String path, Instant expiresAt) {}

    /// @param code to be keyed in, once
    record CodeView(String code, Instant expiresAt) {}

    record SeatView(String token, Instant expiresAt) {}

    private final MediationStore store;
    private final Tables tables;
    private final Invitations invitations;
    private final AccessCodes codes;
    private final IncidentDesk incidents;
    private final Sealing sealing;
    private final MediationSight sight;
    private final Secrets secrets;
    private final InstantSource clock;

    public MediationController(
            MediationStore store,
            Tables tables,
            Invitations invitations,
            AccessCodes codes,
            IncidentDesk incidents,
            Sealing sealing,
            MediationSight sight,
            Secrets secrets,
            InstantSource clock) {
        this.store = store;
        this.tables = tables;
        this.invitations = invitations;
        this.codes = codes;
        this.incidents = incidents;
        this.sealing = sealing;
        this.sight = sight;
        this.secrets = secrets;
        this.clock = clock;
    }

    /// Newest first.
    @GetMapping("/api/mediations")
    List<MediationViews.View> mediations(@AuthenticationPrincipal Caller.Person person)
            throws RecordUnavailable {
        Access.require(person, Permission.MEDIATE);
        return store.list(MOST).stream()
                .filter(mediation -> sight.sees(person, mediation))
                .map(this::view)
                .toList();
    }

    @GetMapping("/api/mediations/{id}")
    MediationViews.View mediation(
            @AuthenticationPrincipal Caller.Person person, @PathVariable String id)
            throws RecordUnavailable {
        return view(theirs(person, id));
    }

    /// The caller is its mediator. Two parties of the matter come from the request.
    @PostMapping("/api/mediations")
    ResponseEntity<MediationViews.View> open(
            @AuthenticationPrincipal Caller.Person person, @RequestBody NewMediation wanted)
            throws RecordUnavailable {
        Access.require(person, Permission.MEDIATE);
        Optional<Dossier> about = incident(person, wanted.incident());
        var now = clock.instant();
        var mediation =
                new Mediation(
                        new MediationId("m-" + secrets.id()),
                        about.map(found -> found.incident().id()).orElse(null),
                        person.user().node(),
                        Access.text(wanted.title(), "title", Mediation.TITLE_CHARS),
                        Access.text(wanted.matter(), "matter", Mediation.MATTER_CHARS),
                        person.user().id(),
                        now,
                        wanted.scheduledAt());
        var name = person.user().name().in("zh-CN");
        mediation =
                taken(
                        CaseRules.add(
                                mediation,
                                Person.Role.MEDIATOR,
                                name,
                                null,
                                person.user().id(),
                                null));
        for (var one : wanted.people() == null ? List.<NewPerson>of() : wanted.people()) {
            mediation = taken(added(mediation, one));
        }
        store.open(
                mediation,
                MediationJournal.of(
                        mediation,
                        JournalKind.MEDIATION_OPENED,
                        new PersonId("p1"),
                        now,
                        Map.of()));
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(view(store.find(mediation.id()).orElseThrow()));
    }

    private Optional<Dossier> incident(Caller.Person person, @Nullable String id)
            throws RecordUnavailable {
        if (id == null) {
            return Optional.empty();
        }
        Optional<Dossier> found =
                Ids.isValid(id) ? incidents.find(person, new IncidentId(id)) : Optional.empty();
        return Optional.of(found.orElseThrow(() -> ApiProblem.notVisible("incident")));
    }

    @PostMapping("/api/mediations/{id}/people")
    MediationViews.View add(
            @AuthenticationPrincipal Caller.Person person,
            @PathVariable String id,
            @RequestBody NewPerson wanted)
            throws RecordUnavailable {
        var mediation = theirs(person, id);
        Optional<Bar> bar =
                tables.change(mediation, null, "person added", now -> added(now, wanted));
        bar.ifPresent(MediationController::refuse);
        return view(theirs(person, id));
    }

    private Ruling<Mediation> added(Mediation mediation, NewPerson wanted) {
        var role = role(Access.text(wanted.role(), "role", 20));
        var name = Access.text(wanted.name(), "name", Person.NAME_CHARS).strip();
        @Nullable String side = wanted.side();
        if (side != null && !PersonId.isValid(side)) {
            throw ApiProblem.malformed("side", "is nobody");
        }
        @Nullable String phone =
                wanted.phone() == null || wanted.phone().isBlank()
                        ? null
                        : Access.text(wanted.phone(), "phone", PHONE_CHARS).strip();
        return CaseRules.add(
                mediation,
                role,
                name,
                side == null ? null : new PersonId(side),
                null,
                phone == null ? null : sealing.seal(phone, Sealing.phonesOf(mediation.id())));
    }

    private static Person.Role role(String word) {
        return Arrays.stream(Person.Role.values())
                .filter(role -> role != Person.Role.MEDIATOR && role != Person.Role.MEMBER)
                .filter(role -> MediationViews.word(role).equals(word))
                .findFirst()
                .orElseThrow(() -> ApiProblem.malformed("role", "is no guest's"));
    }

    /// A new link; the last one that was not used opens nothing any more.
    @PostMapping("/api/mediations/{id}/people/{who}/invitations")
    ResponseEntity<InvitationView> invite(
            @AuthenticationPrincipal Caller.Person person,
            @PathVariable String id,
            @PathVariable String who)
            throws RecordUnavailable {
        var mediation = theirs(person, id);
        var guest = guest(mediation, who);
        var made = invitations.invite(mediation, guest.id(), person.user().id());
        return ResponseEntity.status(HttpStatus.CREATED)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(new InvitationView("/mediation/join#" + made.token(), made.expiresAt()));
    }

    /// By which this person calls in; the last link or code that was not used opens nothing any
    /// more.
    @PostMapping("/api/mediations/{id}/people/{who}/codes")
    ResponseEntity<CodeView> code(
            @AuthenticationPrincipal Caller.Person person,
            @PathVariable String id,
            @PathVariable String who)
            throws RecordUnavailable {
        var mediation = theirs(person, id);
        var made = codes.make(mediation, guest(mediation, who).id(), person.user().id());
        return ResponseEntity.status(HttpStatus.CREATED)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(new CodeView(made.code().digits(), made.expiresAt()));
    }

    private static Person guest(Mediation mediation, String who) {
        if (mediation.isOver()) {
            refuse(Bar.MEDIATION_OVER);
        }
        return Optional.of(who)
                .filter(PersonId::isValid)
                .flatMap(one -> mediation.person(new PersonId(one)))
                .filter(one -> one.account() == null)
                .orElseThrow(() -> ApiProblem.notVisible("person"));
    }

    /// The caller's own place at the table.
    @PostMapping("/api/mediations/{id}/seat")
    ResponseEntity<SeatView> seat(
            @AuthenticationPrincipal Caller.Person person, @PathVariable String id)
            throws RecordUnavailable {
        var mediation = theirs(person, id);
        var place =
                mediation
                        .ofAccount(person.user().id())
                        .orElseThrow(() ->
                                new ApiProblem(
                                        HttpStatus.CONFLICT,
                                        "no-place",
                                        "You have no place at this table."));
        var made = invitations.seat(mediation, place.id());
        return ResponseEntity.status(HttpStatus.CREATED)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(new SeatView(made.token(), made.expiresAt()));
    }

    @GetMapping("/api/mediations/{id}/document")
    ResponseEntity<byte[]> document(
            @AuthenticationPrincipal Caller.Person person, @PathVariable String id)
            throws RecordUnavailable {
        return Papers.of(store, theirs(person, id));
    }

    private Mediation theirs(Caller.Person person, String id) throws RecordUnavailable {
        Access.require(person, Permission.MEDIATE);
        return sight.find(person, id).orElseThrow(() -> ApiProblem.notVisible("mediation"));
    }

    private MediationViews.View view(Mediation mediation) {
        int here = tables.of(mediation.id()).map(table -> table.rooms().places().size()).orElse(0);
        return MediationViews.of(
                mediation,
                here,
                person ->
                        person.phone() == null
                                ? null
                                : sealing.open(person.phone(), Sealing.phonesOf(mediation.id()))
                                        .orElse(null));
    }

    private static Mediation taken(Ruling<Mediation> ruling) {
        return switch (ruling) {
            case Ruling.Allowed<Mediation>(Mediation next) -> next;
            case Ruling.Barred<Mediation>(Bar why) -> throw problem(why);
        };
    }

    private static void refuse(Bar bar) {
        throw problem(bar);
    }

    private static ApiProblem problem(Bar bar) {
        return new ApiProblem(HttpStatus.CONFLICT, bar.code(), bar.sentence());
    }
}
