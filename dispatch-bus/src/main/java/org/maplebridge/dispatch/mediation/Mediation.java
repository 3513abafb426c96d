package org.maplebridge.dispatch.mediation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UserId;

/// One mediation as the record keeps it: who takes part, what they agreed to, what was written and
/// signed. Lists of consents, writings and signatures only grow. Which room somebody is in stands
/// in [Rooms], and lasts as long as the talk.
///
/// Pure, immutable.
///
/// @param preset id of the preset by which it was called together; absent for a mediation. Who sits
///   at a consultation sits there by office: nobody consents, moves anybody, writes or signs
/// @param matter what it is about, as the minutes begin with
/// @param version grows with each change
public record Mediation(
        MediationId id,
        @Nullable IncidentId incident,
        @Nullable String preset,
        NodeId node,
        String title,
        String matter,
        UserId by,
        Instant createdAt,
        @Nullable Instant scheduledAt,
        @Nullable End end,
        List<Person> people,
        List<Consent> consents,
        List<Writing> writings,
        List<Signature> signatures,
        long version) {
    public static final int TITLE_CHARS = 100;
    public static final int MATTER_CHARS = 2_000;
    public static final int MOST_PEOPLE = 12;

    /// Of each list; what comes after is refused.
    public static final int MOST_ENTRIES = 300;

    /// How it ended.
    ///
    /// @param code by which everybody who has a copy can ask whether it is the one that was signed
    public record End(Instant at, Outcome outcome, String code) {}

    public enum Outcome {
        AGREED,
        NOT_AGREED,
        /// It never took place.
        CANCELLED,
        /// A consultation: nothing is signed there.
        HELD;

        /// Whether people met about the matter.
        public boolean isHeld() {
            return this != CANCELLED;
        }
    }

    /// One that nobody has done anything in yet.
    public Mediation(
            MediationId id,
            @Nullable IncidentId incident,
            NodeId node,
            String title,
            String matter,
            UserId by,
            Instant createdAt,
            @Nullable Instant scheduledAt) {
        this(
                id,
                incident,
                null,
                node,
                title,
                matter,
                by,
                createdAt,
                scheduledAt,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                0);
    }

    /// A consultation that nobody sits at yet.
    public static Mediation called(
            MediationId id,
            @Nullable IncidentId incident,
            String preset,
            NodeId node,
            String title,
            UserId by,
            Instant now) {
        return new Mediation(
                id, incident, preset, node, title, title, by, now, null, null, List.of(), List.of(),
                List.of(), List.of(), 0);
    }

    public Mediation {
        people = List.copyOf(people);
        consents = List.copyOf(consents);
        writings = List.copyOf(writings);
        signatures = List.copyOf(signatures);
    }

    public Optional<Person> person(PersonId wanted) {
        return people.stream().filter(person -> person.id().equals(wanted)).findFirst();
    }

    public Optional<Person> ofAccount(UserId user) {
        return people.stream().filter(person -> user.equals(person.account())).findFirst();
    }

    public boolean isConsultation() {
        return preset != null;
    }

    public boolean isOver() {
        return end != null;
    }

    /// What they said last.
    public Optional<Consent> consent(PersonId person, Consent.Subject subject) {
        return consents.stream()
                .filter(one -> one.person().equals(person) && one.subject() == subject)
                .reduce((_, later) -> later);
    }

    public boolean agreedTo(PersonId person, Consent.Subject subject) {
        return consent(person, subject).filter(Consent::given).isPresent();
    }

    /// Whether they came by telephone at any time: they agreed by one of its keys.
    public boolean wasByTelephone(PersonId person) {
        return consents.stream()
                .anyMatch(one ->
                        one.person().equals(person)
                                && one.subject() == Consent.Subject.CONFIDENTIALITY
                                && one.given()
                                && one.isByTelephone());
    }

    /// The newest version.
    public Optional<Writing> writing(Writing.Kind kind) {
        return writings.stream().filter(one -> one.kind() == kind).reduce((_, later) -> later);
    }

    /// Under the newest version: what was signed before it changed counts no more.
    public List<Signature> signaturesOf(Writing.Kind kind) {
        return writing(kind).stream()
                .flatMap(text ->
                        signatures.stream()
                                .filter(one -> one.kind() == kind)
                                .filter(one -> one.hash().equals(text.hash())))
                .toList();
    }

    /// Whose names stand under a text: who leads, and every party, by themselves or by an agent.
    public boolean isSigned(Writing.Kind kind) {
        var signed = signaturesOf(kind).stream().map(Signature::person).toList();
        boolean led =
                people.stream()
                        .anyMatch(p -> p.role() == Person.Role.MEDIATOR && signed.contains(p.id()));
        return led
                && people.stream()
                        .filter(person -> person.role() == Person.Role.PARTY)
                        .allMatch(party -> hasSigned(party.id(), signed));
    }

    private boolean hasSigned(PersonId party, List<PersonId> signed) {
        return signed.contains(party)
                || people.stream()
                        .filter(person -> person.role() == Person.Role.AGENT)
                        .filter(agent -> party.equals(agent.side()))
                        .anyMatch(agent -> signed.contains(agent.id()));
    }

    Mediation with(Person changed) {
        var next = new ArrayList<>(people);
        next.replaceAll(person -> person.id().equals(changed.id()) ? changed : person);
        if (person(changed.id()).isEmpty()) {
            next.add(changed);
        }
        return with(next, consents, writings, signatures, end);
    }

    Mediation with(Consent consent) {
        return with(people, added(consents, consent), writings, signatures, end);
    }

    /// In the place of the same version, or at the end.
    Mediation with(Writing writing) {
        var next = new ArrayList<>(writings);
        next.removeIf(one -> one.kind() == writing.kind() && one.number() == writing.number());
        next.add(writing);
        return with(people, consents, next, signatures, end);
    }

    Mediation with(Signature signature) {
        return with(people, consents, writings, added(signatures, signature), end);
    }

    Mediation ended(End as) {
        return with(people, consents, writings, signatures, as);
    }

    private Mediation with(
            List<Person> nextPeople,
            List<Consent> nextConsents,
            List<Writing> nextWritings,
            List<Signature> nextSignatures,
            @Nullable End nextEnd) {
        return new Mediation(
                id,
                incident,
                preset,
                node,
                title,
                matter,
                by,
                createdAt,
                scheduledAt,
                nextEnd,
                nextPeople,
                nextConsents,
                nextWritings,
                nextSignatures,
                version);
    }

    private static <T> List<T> added(List<T> all, T one) {
        var more = new ArrayList<>(all);
        more.add(one);
        return more;
    }
}
