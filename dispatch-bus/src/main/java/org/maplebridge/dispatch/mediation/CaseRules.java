package org.maplebridge.dispatch.mediation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.mediation.Ruling.Allowed;
import org.maplebridge.dispatch.mediation.Ruling.Barred;
import org.maplebridge.dispatch.model.PlainText;
import org.maplebridge.dispatch.model.UserId;

/// What the record of a mediation takes: people, consents, texts, signatures, an end.
///
/// Pure.
public final class CaseRules {
    /// Of the consents' texts. Who agreed to another one is asked again.
    public static final String TEXTS = "2026-11-29";

    /// Of the texts that are spoken to who is called: they differ from what a page shows, so their
    /// versions do.
    public static final String SPOKEN = Consent.SPOKEN + "2026-11-30";

    private CaseRules() {}

    /// @param side the party whom an agent or interpreter goes with
    /// @param phone sealed
    public static Ruling<Mediation> add(
            Mediation mediation,
            Person.Role role,
            String name,
            @Nullable PersonId side,
            @Nullable UserId account,
            @Nullable String phone) {
        if (mediation.isOver()) {
            return new Barred<>(Bar.MEDIATION_OVER);
        }
        if (mediation.people().size() >= Mediation.MOST_PEOPLE) {
            return new Barred<>(Bar.TOO_MANY_PEOPLE);
        }
        boolean sided = role == Person.Role.AGENT || side != null;
        boolean known =
                side != null
                        && mediation
                                .person(side)
                                .filter(one -> one.role() == Person.Role.PARTY)
                                .isPresent();
        if (sided && !known) {
            return new Barred<>(Bar.NO_SUCH_PERSON);
        }
        var id = new PersonId("p" + (mediation.people().size() + 1));
        return new Allowed<>(
                mediation.with(new Person(id, role, name, side, account, phone, null)));
    }

    /// A place at a consultation by office, or the one that this account has. As many as fit into
    /// the one room, since nobody is there to let the others in.
    public static Ruling<Mediation> sit(Mediation mediation, String name, UserId account) {
        if (mediation.ofAccount(account).isPresent()) {
            return new Allowed<>(mediation);
        }
        return mediation.people().size() >= Rooms.MOST_IN_A_ROOM
                ? new Barred<>(Bar.ROOM_FULL)
                : add(mediation, Person.Role.MEMBER, name, null, account, null);
    }

    public static Ruling<Mediation> identify(
            Mediation mediation, PersonId person, Person.Identity identity) {
        if (mediation.isOver()) {
            return new Barred<>(Bar.MEDIATION_OVER);
        }
        return mediation
                .person(person)
                .<Ruling<Mediation>>map(
                        one -> new Allowed<>(mediation.with(one.identified(identity))))
                .orElse(new Barred<>(Bar.NO_SUCH_PERSON));
    }

    /// @param text version of the text that was on the screen
    public static Ruling<Mediation> consent(
            Mediation mediation,
            PersonId person,
            Consent.Subject subject,
            String text,
            boolean given,
            Instant now) {
        if (mediation.isOver()) {
            return new Barred<>(Bar.MEDIATION_OVER);
        }
        if (!text.equals(TEXTS)) {
            return new Barred<>(Bar.TEXT_OUTDATED);
        }
        if (mediation.consents().size() >= Mediation.MOST_ENTRIES) {
            return new Barred<>(Bar.TOO_MUCH);
        }
        boolean same =
                mediation.consent(person, subject).filter(one -> one.given() == given).isPresent();
        return same
                ? new Allowed<>(mediation)
                : new Allowed<>(mediation.with(new Consent(person, subject, text, given, now)));
    }

    /// By a key of a telephone. Each call asks anew, so each answer is kept, also one that was
    /// given before.
    public static Ruling<Mediation> consentByKey(
            Mediation mediation,
            PersonId person,
            Consent.Subject subject,
            boolean given,
            Instant now) {
        if (mediation.isOver()) {
            return new Barred<>(Bar.MEDIATION_OVER);
        }
        if (mediation.person(person).isEmpty()) {
            return new Barred<>(Bar.NO_SUCH_PERSON);
        }
        return mediation.consents().size() >= Mediation.MOST_ENTRIES
                ? new Barred<>(Bar.TOO_MUCH)
                : new Allowed<>(mediation.with(new Consent(person, subject, SPOKEN, given, now)));
    }

    /// @param seen number of the version that the writer had before them, 0 for none
    public static Ruling<Mediation> write(
            Mediation mediation,
            PersonId by,
            Writing.Kind kind,
            int seen,
            String body,
            Instant now) {
        @Nullable Bar bar = barToWrite(mediation, by);
        if (bar != null) {
            return new Barred<>(bar);
        }
        int number = mediation.writing(kind).map(Writing::number).orElse(0);
        if (seen != number) {
            return new Barred<>(Bar.TEXT_CHANGED);
        }
        if (mediation.writings().size() >= Mediation.MOST_ENTRIES
                || !PlainText.isValid(body, Writing.MOST_CHARS)) {
            return new Barred<>(Bar.TOO_MUCH);
        }
        int next = number + 1;
        return new Allowed<>(
                mediation.with(
                        new Writing(kind, next, body, hash(kind, next, body), by, now, null)));
    }

    /// All at the table can read the newest version from now on.
    public static Ruling<Mediation> readBack(
            Mediation mediation, PersonId by, Writing.Kind kind, int number, Instant now) {
        @Nullable Bar bar = barToWrite(mediation, by);
        if (bar != null) {
            return new Barred<>(bar);
        }
        var text = mediation.writing(kind);
        if (text.isEmpty()) {
            return new Barred<>(Bar.NOTHING_WRITTEN);
        }
        if (text.get().number() != number) {
            return new Barred<>(Bar.TEXT_CHANGED);
        }
        return text.get().readBack() != null
                ? new Allowed<>(mediation)
                : new Allowed<>(mediation.with(text.get().readBack(now)));
    }

    /// @param hash of the text that the signer had before them
    public static Ruling<Mediation> sign(
            Mediation mediation,
            PersonId person,
            Writing.Kind kind,
            String hash,
            String drawn,
            Instant now) {
        if (mediation.isOver()) {
            return new Barred<>(Bar.MEDIATION_OVER);
        }
        boolean signs = mediation.person(person).filter(one -> one.role().signs()).isPresent();
        if (!signs) {
            return new Barred<>(Bar.NOT_A_SIGNER);
        }
        var text = mediation.writing(kind);
        if (text.isEmpty()) {
            return new Barred<>(Bar.NOTHING_WRITTEN);
        }
        if (!text.get().hash().equals(hash)) {
            return new Barred<>(Bar.TEXT_CHANGED);
        }
        if (text.get().readBack() == null) {
            return new Barred<>(Bar.NOT_READ_BACK);
        }
        if (mediation.signaturesOf(kind).stream().anyMatch(one -> one.person().equals(person))) {
            return new Barred<>(Bar.SIGNED_ALREADY);
        }
        if (!Drawing.of(drawn).isName()) {
            return new Barred<>(Bar.NO_SIGNATURE);
        }
        return mediation.signatures().size() >= Mediation.MOST_ENTRIES
                ? new Barred<>(Bar.TOO_MUCH)
                : new Allowed<>(mediation.with(new Signature(person, kind, hash, drawn, now)));
    }

    /// An agreement needs all names; that none was reached needs the mediator's.
    ///
    /// @param code of the document that comes of it
    public static Ruling<Mediation> end(
            Mediation mediation, PersonId by, Mediation.Outcome outcome, String code, Instant now) {
        @Nullable Bar bar = barToWrite(mediation, by);
        if (bar != null) {
            return new Barred<>(bar);
        }
        boolean done =
                switch (outcome) {
                    case AGREED -> mediation.isSigned(Writing.Kind.AGREEMENT);
                    case NOT_AGREED ->
                            mediation.signaturesOf(Writing.Kind.NO_AGREEMENT).stream()
                                    .anyMatch(one -> isMediator(mediation, one.person()));
                    case CANCELLED -> true;
                    case HELD -> false;
                };
        return done
                ? new Allowed<>(mediation.ended(new Mediation.End(now, outcome, code)))
                : new Barred<>(Bar.SIGNATURES_MISSING);
    }

    /// Whoever sits at a consultation ends it for all: there is nothing to be signed.
    public static Ruling<Mediation> endConsultation(Mediation mediation, String code, Instant now) {
        if (!mediation.isConsultation()) {
            return new Barred<>(Bar.MEDIATOR_ONLY);
        }
        return mediation.isOver()
                ? new Barred<>(Bar.MEDIATION_OVER)
                : new Allowed<>(
                        mediation.ended(new Mediation.End(now, Mediation.Outcome.HELD, code)));
    }

    private static @Nullable Bar barToWrite(Mediation mediation, PersonId by) {
        if (mediation.isOver()) {
            return Bar.MEDIATION_OVER;
        }
        return mediation.person(by).filter(one -> one.role().leads()).isEmpty()
                ? Bar.MEDIATOR_ONLY
                : null;
    }

    private static boolean isMediator(Mediation mediation, PersonId id) {
        return mediation.person(id).filter(one -> one.role() == Person.Role.MEDIATOR).isPresent();
    }

    /// What a signature is bound to.
    static String hash(Writing.Kind kind, int number, String body) {
        return sha256((kind + "\n" + number + "\n" + body).getBytes(StandardCharsets.UTF_8));
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
