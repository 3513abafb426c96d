package org.maplebridge.signaling.command.mediation;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.mediation.Bar;
import org.maplebridge.dispatch.mediation.CaseRules;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.Person;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.Role;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.mediation.MediationStore.Document;
import org.maplebridge.signaling.command.incident.IncidentDesk;
import org.maplebridge.signaling.mediation.Attendant;
import org.maplebridge.signaling.mediation.Table;
import org.maplebridge.signaling.mediation.consultation.Consultations;
import org.maplebridge.signaling.mediation.paper.Paper;
import org.maplebridge.signaling.protocol.MediationMessage.MediationOutcome;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;
import org.maplebridge.signaling.security.Secrets;

/// How a mediation ends: with a paper that carries everybody's names, and, where people met about
/// an incident, with that incident's village session. A consultation ends without a paper.
public final class Endings {
    /// Long enough that nobody guesses one, short enough to be typed from paper.
    private static final int CODE_CHARS = 20;

    private final Consultations consultations;
    private final Paper paper;
    private final IncidentDesk incidents;
    private final Roster roster;
    private final Secrets secrets;
    private final InstantSource clock;

    public Endings(
            Consultations consultations,
            Paper paper,
            IncidentDesk incidents,
            Roster roster,
            Secrets secrets,
            InstantSource clock) {
        this.consultations = consultations;
        this.paper = paper;
        this.incidents = incidents;
        this.roster = roster;
        this.secrets = secrets;
        this.clock = clock;
    }

    /// @return what stands against it
    Optional<Bar> end(Attendant who, Table table, MediationOutcome wanted)
            throws RecordUnavailable {
        if (wanted == MediationOutcome.HELD) {
            return adjourn(who, table.mediation());
        }
        if (!paper.isReady()) {
            return Optional.of(Bar.NO_FONT);
        }
        var outcome = Mediation.Outcome.valueOf(wanted.name());
        var code = secrets.id().substring(0, CODE_CHARS).toUpperCase(Locale.ROOT);
        var now = clock.instant();
        var person = who.participant().person();
        Optional<Bar> bar =
                table.end(
                        who,
                        mediation -> CaseRules.end(mediation, person, outcome, code, now),
                        this::document,
                        paper.sealHash());
        var mediation = table.mediation();
        boolean before = mediation.end() != null && mediation.end().outcome() == outcome;
        if (bar.isEmpty() || before) {
            // Also of one who asks again, since the first answer was lost with the node.
            follow(mediation, outcome);
            return Optional.empty();
        }
        return bar;
    }

    /// Of a consultation: by whoever sits there.
    private Optional<Bar> adjourn(Attendant who, Mediation mediation) throws RecordUnavailable {
        Optional<User> user =
                mediation
                        .person(who.participant().person())
                        .flatMap(person -> Optional.ofNullable(person.account()))
                        .flatMap(roster.organisation()::user);
        return user.isEmpty()
                ? Optional.of(Bar.NO_SUCH_PERSON)
                : consultations.end(mediation.id(), user.get());
    }

    private Document document(Mediation mediation) {
        Mediation.@Nullable End end = mediation.end();
        if (end == null) {
            throw new IllegalStateException("a paper is made of what has ended");
        }
        byte[] file = paper.of(mediation);
        return new Document(end.code(), mediation.id(), file, CaseRules.sha256(file), end.at());
    }

    private void follow(Mediation mediation, Mediation.Outcome outcome) throws RecordUnavailable {
        @Nullable IncidentId incident = mediation.incident();
        Optional<Caller.Person> mediator = mediator(mediation);
        if (incident != null && outcome.isHeld() && mediator.isPresent()) {
            incidents.mediated(mediator.get(), incident, mediation.id());
        }
    }

    private Optional<Caller.Person> mediator(Mediation mediation) {
        Optional<UserId> account =
                mediation.people().stream()
                        .filter(person -> person.role() == Person.Role.MEDIATOR)
                        .flatMap(person -> Optional.ofNullable(person.account()).stream())
                        .findFirst();
        Optional<User> user = account.flatMap(roster.organisation()::user);
        Optional<Role> role = user.flatMap(one -> roster.organisation().role(one.role()));
        return role.map(found -> new Caller.Person(user.orElseThrow(), found, "", Instant.MAX));
    }
}
