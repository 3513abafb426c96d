package org.maplebridge.dispatch.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Decision.Refused;
import org.maplebridge.dispatch.incident.Ledger.Contact;
import org.maplebridge.dispatch.incident.Ledger.Room;

/// What has to be there before an incident goes on, up, or to its end.
///
/// Pure.
final class Gates {
    /// What a seat says that shows an arrival, as the page offers it.
    private final Loop loop;

    Gates(Loop loop) {
        this.loop = loop;
    }

    /// Before a step is left.
    Optional<Refused> leaving(Dossier dossier, Loop.Step step, @Nullable String note, Instant now) {
        if (dossier.incident().isOverdue(now)) {
            return shut(
                    Gate.OVERDUE_REASON_REQUIRED,
                    "The step took longer than it may: say why, and go on.");
        }
        if (step.evidence().contains(Loop.Evidence.NOTE) && note == null) {
            return shut(Gate.EVIDENCE_REQUIRED, "What was done here has to be said.");
        }
        if (step.evidence().contains(Loop.Evidence.PICTURE) && !isShown(dossier)) {
            return shut(
                    Gate.EVIDENCE_REQUIRED,
                    "What was done here has to be shown by a picture or a video.");
        }
        if (step.evidence().contains(Loop.Evidence.ATTENDANCE)) {
            for (var post : loop.mustAttend()) {
                if (!dossier.ledger().hasProved(post.id())) {
                    return missing(post.id());
                }
            }
        }
        return step.state() == Incident.State.HANDLING
                ? dossier.ledger().awaited().stream()
                        .filter(one -> !dossier.ledger().hasProved(one.who()))
                        .findFirst()
                        .flatMap(one -> missing(one.name()))
                : Optional.empty();
    }

    private static Optional<Refused> missing(String who) {
        return shut(Gate.EVIDENCE_REQUIRED, "Nothing shows that " + who + " was there.");
    }

    Optional<Refused> dispatching(Action.Dispatch action, Dossier dossier) {
        if (action.up()) {
            return pushingUp(dossier);
        }
        return action.blind() && loop.jointSession() && !dossier.ledger().isSettled()
                ? shut(
                        Gate.JOINT_SESSION_REQUIRED,
                        "Nobody knows whose matter it is: open a joint session.")
                : Optional.empty();
    }

    /// Before it is closed; the last step is left by it.
    Optional<Refused> closing(
            Dossier dossier, Loop.Step step, String result, Actor actor, Instant now) {
        if (actor.user().equals(dossier.incident().origin().by())) {
            return shut(
                    Gate.REPORTER_MAY_NOT_CLOSE,
                    "Who reported it does not close it: another seat.");
        }
        return leaving(dossier, step, result, now)
                .or(() -> sharesOpen(dossier))
                .or(() -> calledBack(dossier));
    }

    /// By who handles it, since it was opened for the last time.
    private static boolean isShown(Dossier dossier) {
        @Nullable Instant since = dossier.incident().standing().reopenedAt();
        return dossier.ledger().exhibits().stream()
                .anyMatch(exhibit ->
                        exhibit.ofOurs() && (since == null || !exhibit.at().isBefore(since)));
    }

    private Optional<Refused> pushingUp(Dossier dossier) {
        var village = loop.village();
        return village == null || dossier.ledger().hasArrived(village.id())
                ? Optional.empty()
                : shut(
                        Gate.VILLAGE_SESSION_REQUIRED,
                        "The village has to have met about it before it goes up.");
    }

    private static Optional<Refused> sharesOpen(Dossier dossier) {
        return dossier.ledger().rooms().stream()
                .filter(room -> room.role() == Room.Role.JOINT)
                .filter(room -> room.state() == Room.State.ACCEPTED)
                .findFirst()
                .flatMap(room ->
                        shut(
                                Gate.EVIDENCE_REQUIRED,
                                room.node() + " has taken a share on and is not done."));
    }

    private Optional<Refused> calledBack(Dossier dossier) {
        var rule = loop.callback();
        if (rule == null) {
            return Optional.empty();
        }
        @Nullable Instant since = dossier.incident().standing().reopenedAt();
        List<Contact> contacts =
                dossier.ledger().contacts().stream()
                        .filter(contact -> since == null || !contact.at().isBefore(since))
                        .toList();
        boolean answered =
                contacts.stream()
                        .anyMatch(contact ->
                                switch (contact.how()) {
                                    case CALL -> !rule.recorded() || contact.call() != null;
                                    case REFUSED -> true;
                                    case NO_ANSWER -> false;
                                });
        return answered || attempts(contacts, rule) >= rule.noAnswers()
                ? Optional.empty()
                : shut(
                        Gate.CALLBACK_REQUIRED,
                        "Who reported it has to be called back: an answer"
                                + (rule.recorded() ? " with its recording" : "")
                                + ", a refusal, or "
                                + rule.noAnswers()
                                + " attempts "
                                + rule.minutesApart()
                                + " minutes apart.");
    }

    /// How many of them are far enough from the one before.
    private static int attempts(List<Contact> contacts, Loop.CallbackRule rule) {
        var apart = Duration.ofMinutes(rule.minutesApart());
        int count = 0;
        @Nullable Instant last = null;
        for (var contact : contacts) {
            if (last == null || !contact.at().isBefore(last.plus(apart))) {
                last = contact.at();
                count++;
            }
        }
        return count;
    }

    private static Optional<Refused> shut(Gate gate, String why) {
        return Optional.of(new Refused(gate, why));
    }
}
