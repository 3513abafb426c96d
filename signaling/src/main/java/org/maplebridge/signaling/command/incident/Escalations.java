package org.maplebridge.signaling.command.incident;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.maplebridge.dispatch.incident.Decision;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Escalation;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.IncidentStore;
import org.maplebridge.dispatch.store.IncidentStore.Change;
import org.maplebridge.dispatch.store.IncidentStore.Wish;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.group.IncidentTiers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks for incidents that are late. Every node does: the wish's id follows from the incident and
/// the time that it missed, so each is escalated once.
///
/// Thread: any; one round at a time.
public final class Escalations {
    private static final Logger LOG = LoggerFactory.getLogger(Escalations.class);
    private static final String WHAT = "ESCALATE";

    /// Stands where a seat's account would: nobody has it.
    private static final UserId CLOCK = new UserId("clock");

    private static final int AT_ONCE = 500;

    private final IncidentStore store;
    private final Escalation rule;
    private final IncidentNewsDesk news;
    private final IncidentTiers tiers;
    private final InstantSource clock;

    public Escalations(
            IncidentStore store,
            Escalation rule,
            IncidentNewsDesk news,
            IncidentTiers tiers,
            InstantSource clock) {
        this.store = store;
        this.rule = rule;
        this.news = news;
        this.tiers = tiers;
        this.clock = clock;
    }

    public synchronized void round() {
        Instant now = clock.instant();
        try {
            for (var id : store.overdue(now, WHAT, AT_ONCE)) {
                escalate(id, now);
            }
        } catch (RecordUnavailable e) {
            LOG.warn("late incidents are looked for later", e);
        }
    }

    private void escalate(IncidentId id, Instant now) throws RecordUnavailable {
        Optional<Dossier> dossier = store.dossier(id);
        Optional<Decision.Done> done = dossier.flatMap(found -> rule.step(found, now));
        if (dossier.isEmpty() || done.isEmpty()) {
            return;
        }
        Incident incident = dossier.get().incident();
        var wish = new Wish(wishId(incident), WHAT, CLOCK, null, now);
        var happening =
                new Happening(
                        now,
                        JournalKind.INCIDENT_CHANGED,
                        null,
                        null,
                        List.of(Subject.of(id), Subject.of(incident.node())),
                        done.get().detail());
        if (store.save(dossier.get(), done.get().next(), wish, happening) instanceof Change.Kept) {
            tiers.follow(id);
            news.publish(id);
        }
    }

    private static String wishId(Incident incident) {
        var missed = incident.id() + " " + incident.standing().due();
        return UUID.nameUUIDFromBytes(missed.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
