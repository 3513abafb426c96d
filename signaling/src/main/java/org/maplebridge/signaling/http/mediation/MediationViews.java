package org.maplebridge.signaling.http.mediation;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.Person;

/// Mediations as REST shows them to who leads.
///
/// Pure.
final class MediationViews {
    private MediationViews() {}

    /// @param here how many sit at it now
    record View(
            String id,
            String title,
            String matter,
            @Nullable String incident,
            String node,
            Instant createdAt,
            @Nullable Instant scheduledAt,
            @Nullable Instant endedAt,
            @Nullable String outcome,
            @Nullable String code,
            int here,
            List<PersonView> people) {}

    /// @param phone whole: who drops out is called
    record PersonView(
            String id,
            String role,
            String name,
            @Nullable String side,
            @Nullable String account,
            @Nullable String phone,
            boolean identified) {}

    interface Opened {
        @Nullable String phone(Person person);
    }

    static View of(Mediation mediation, int here, Opened opened) {
        Mediation.@Nullable End end = mediation.end();
        return new View(
                mediation.id().value(),
                mediation.title(),
                mediation.matter(),
                mediation.incident() == null ? null : mediation.incident().value(),
                mediation.node().value(),
                mediation.createdAt(),
                mediation.scheduledAt(),
                end == null ? null : end.at(),
                end == null ? null : word(end.outcome()),
                end == null ? null : end.code(),
                here,
                mediation.people().stream().map(person -> person(person, opened)).toList());
    }

    private static PersonView person(Person person, Opened opened) {
        return new PersonView(
                person.id().value(),
                word(person.role()),
                person.name(),
                person.side() == null ? null : person.side().value(),
                person.account() == null ? null : person.account().value(),
                opened.phone(person),
                person.identity() != null);
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
