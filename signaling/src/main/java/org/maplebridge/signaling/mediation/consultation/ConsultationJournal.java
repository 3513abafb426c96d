package org.maplebridge.signaling.mediation.consultation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalEntry;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.Person;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.mediation.consultation.Attendance;
import org.maplebridge.dispatch.mediation.consultation.Attendance.Step;
import org.maplebridge.dispatch.organisation.User;

/// What of a consultation stands in the journal, and in the time line of its incident: that it was
/// called and by whom, and in the end who sat there from when to when and who did not come.
///
/// Pure.
final class ConsultationJournal {
    private static final String WHAT = "what";
    private static final String ACCOUNT = "account";

    private ConsultationJournal() {}

    static Happening called(Mediation it, User by, Instant at) {
        var detail = new TreeMap<String, String>();
        detail.put("action", "CONSULT");
        detail.put("name", it.title());
        detail.put("members", names(it.people()));
        return of(it, JournalKind.MEDIATION_OPENED, by, at, detail, true);
    }

    /// Of one who is rung or has answered.
    static Happening answered(Mediation it, User whom, String what, Instant at) {
        var detail = Map.of(WHAT, what, ACCOUNT, whom.id().value());
        return of(it, JournalKind.MEDIATION_CHANGED, whom, at, detail, false);
    }

    /// @param entries of the consultation, oldest first
    static Happening ended(Mediation it, User by, List<JournalEntry> entries, Instant at) {
        var spans = Attendance.of(steps(entries), at);
        var detail = new TreeMap<String, String>();
        detail.put("action", "CONSULTED");
        detail.put("name", it.title());
        detail.put("from", it.createdAt().toString());
        detail.put("until", at.toString());
        detail.put(
                "sat",
                spans.stream()
                        .map(span ->
                                name(it, span.person()) + "|" + span.from() + "|" + span.until())
                        .collect(Collectors.joining(";")));
        var sat = spans.stream().map(Attendance.Span::person).toList();
        var answers = answers(entries);
        detail.put(
                "away",
                it.people().stream()
                        .filter(person -> !sat.contains(person.id()))
                        .map(person -> person.name() + "|" + answer(answers, person))
                        .collect(Collectors.joining(";")));
        return of(it, JournalKind.MEDIATION_ENDED, by, at, detail, true);
    }

    private static String answer(Map<String, String> answers, Person person) {
        return person.account() == null
                ? "away"
                : answers.getOrDefault(person.account().value(), "away");
    }

    /// The last thing that was said of each account that was rung.
    private static Map<String, String> answers(List<JournalEntry> entries) {
        var answers = new LinkedHashMap<String, String>();
        for (var entry : entries) {
            var detail = entry.happening().detail();
            @Nullable String account = detail.get(ACCOUNT);
            if (account != null && detail.containsKey(WHAT)) {
                answers.put(account, detail.get(WHAT));
            }
        }
        return answers;
    }

    private static List<Step> steps(List<JournalEntry> entries) {
        var steps = new ArrayList<Step>();
        for (var entry : entries) {
            var detail = entry.happening().detail();
            var what = detail.getOrDefault(WHAT, "");
            @Nullable String person = detail.get("person");
            boolean moves = what.equals("came") || what.equals("left");
            if (moves && person != null) {
                steps.add(
                        new Step(
                                new PersonId(person), what.equals("came"), entry.happening().at()));
            }
        }
        return steps;
    }

    private static String name(Mediation it, PersonId person) {
        Optional<Person> found = it.person(person);
        return found.map(Person::name).orElse(person.value());
    }

    private static String names(List<Person> people) {
        return people.stream().map(Person::name).collect(Collectors.joining("、"));
    }

    private static Happening of(
            Mediation it,
            JournalKind kind,
            User by,
            Instant at,
            Map<String, String> detail,
            boolean inTheIncident) {
        var more = new TreeMap<>(detail);
        more.put("mediation", it.id().value());
        var subjects = new ArrayList<Subject>();
        subjects.add(Subject.of(it.id()));
        subjects.add(Subject.of(it.node()));
        if (inTheIncident && it.incident() != null) {
            subjects.add(Subject.of(it.incident()));
        }
        return new Happening(at, kind, by.id(), by.seat(), subjects, more);
    }
}
