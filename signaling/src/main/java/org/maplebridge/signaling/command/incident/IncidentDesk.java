package org.maplebridge.signaling.command.incident;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Action;
import org.maplebridge.dispatch.incident.Decision;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Gate;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.incident.LoopWorkflow;
import org.maplebridge.dispatch.incident.Showing;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.store.IncidentStore;
import org.maplebridge.dispatch.store.IncidentStore.Change;
import org.maplebridge.dispatch.store.IncidentStore.Fulfilled;
import org.maplebridge.dispatch.store.IncidentStore.Wish;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.group.IncidentTiers;
import org.maplebridge.signaling.group.Regrouping;
import org.maplebridge.signaling.scene.LiveBoard;
import org.maplebridge.signaling.scene.showing.LiveSight;
import org.maplebridge.signaling.security.Caller;

/// The road of everything that seats do with incidents: seen, decided, in the record, told. Closing
/// one closes its groups.
///
/// Thread: any.
public final class IncidentDesk {
    private static final String OPEN = "OPEN";
    private static final String MEDIATED = "MEDIATED";
    private static final int MOST_TRIES = 5;

    /// What became of a seat's wish.
    public sealed interface Outcome {
        /// @param fresh whether it was not done before
        record Done(Dossier dossier, boolean fresh) implements Outcome {}

        /// Not there, or not for these eyes.
        record NotVisible(String what) implements Outcome {}

        /// @param more what the page may want to say of it
        record Refused(Gate gate, String text, Map<String, Object> more) implements Outcome {
            public Refused {
                more = Map.copyOf(more);
            }
        }

        /// Somebody else was first.
        record Overtaken(@Nullable Fulfilled by) implements Outcome {}

        /// The id stands for another wish.
        record Conflict() implements Outcome {}
    }

    private final IncidentStore store;
    private final LoopWorkflow workflow;
    private final IncidentSight sight;
    private final IncidentNewsDesk news;
    private final Regrouping regrouping;
    private final IncidentTiers tiers;
    private final Preparation preparation;
    private final ShowingDesk showings;
    private final LiveBoard lives;
    private final InstantSource clock;

    public IncidentDesk(
            IncidentStore store,
            LoopWorkflow workflow,
            IncidentSight sight,
            IncidentNewsDesk news,
            Regrouping regrouping,
            IncidentTiers tiers,
            Preparation preparation,
            ShowingDesk showings,
            LiveBoard lives,
            InstantSource clock) {
        this.store = store;
        this.workflow = workflow;
        this.sight = sight;
        this.news = news;
        this.regrouping = regrouping;
        this.tiers = tiers;
        this.preparation = preparation;
        this.showings = showings;
        this.lives = lives;
        this.clock = clock;
    }

    /// @return nothing when it is not there or not for these eyes
    public Optional<Dossier> find(Caller.Person person, IncidentId id) throws RecordUnavailable {
        return store.dossier(id).filter(dossier -> sight.sees(person, dossier));
    }

    /// That the seat may open one at this node was looked at before.
    public Outcome open(Caller.Person person, String clientId, Dossier.Report report)
            throws RecordUnavailable {
        Optional<Fulfilled> before = store.fulfilled(clientId);
        if (before.isPresent()) {
            return repeated(person, before.get(), OPEN, null, null);
        }
        Instant now = clock.instant();
        var dossier = workflow.open(report, now);
        var wish = wish(person, clientId, OPEN, now);
        var incident = dossier.incident();
        var detail = new TreeMap<String, String>();
        detail.put("state", incident.state().name());
        detail.put("step", incident.standing().step());
        detail.put("source", incident.origin().source().name());
        var happening = happening(person, now, JournalKind.INCIDENT_OPENED, incident, detail);
        return switch (store.open(dossier, wish, happening)) {
            case Change.Kept(Incident opened) -> told(opened, true);
            case Change.Repeated(Fulfilled earlier) -> repeated(person, earlier, OPEN, null, null);
            case Change.Overtaken(var by) -> new Outcome.Overtaken(by);
        };
    }

    /// @param version of the incident that the seat looked at
    public Outcome act(
            Caller.Person person, IncidentId id, String clientId, long version, Action wanted)
            throws RecordUnavailable {
        Optional<Dossier> found = find(person, id);
        if (found.isEmpty()) {
            return new Outcome.NotVisible("incident");
        }
        String what = wanted.kind().name();
        Optional<Fulfilled> before = store.fulfilled(clientId);
        if (before.isPresent()) {
            return repeated(person, before.get(), what, id, wanted);
        }
        var dossier = found.get();
        if (version != dossier.incident().version()) {
            return new Outcome.Overtaken(store.latest(id).orElse(null));
        }
        Instant now = clock.instant();
        return switch (preparation.of(person, dossier, wanted, now)) {
            case Preparation.Prepared.Shut(Outcome why) -> why;
            case Preparation.Prepared.Ready(Action action) ->
                    decide(person, dossier, action, wish(person, clientId, what, now));
        };
    }

    /// A mediation about it was held: its village session, whatever the mediator's own rights.
    /// Others who act meanwhile are waited for.
    public void mediated(Caller.Person person, IncidentId id, MediationId mediation)
            throws RecordUnavailable {
        for (int i = 0; i < MOST_TRIES; i++) {
            Optional<Dossier> dossier = store.dossier(id);
            Instant now = clock.instant();
            Optional<Decision> decision =
                    dossier.flatMap(
                            found -> workflow.mediated(found, mediation, sight.actor(person), now));
            if (decision.isEmpty()
                    || !(decision.get() instanceof Decision.Done(var next, var detail))) {
                return;
            }
            var wish = wish(person, "mediation-" + mediation, MEDIATED, now);
            var happening =
                    happening(
                            person,
                            now,
                            JournalKind.INCIDENT_CHANGED,
                            dossier.get().incident(),
                            detail);
            if (!(store.save(dossier.get(), next, wish, happening) instanceof Change.Overtaken)) {
                news.publish(id);
                return;
            }
        }
    }

    private Outcome decide(Caller.Person person, Dossier dossier, Action action, Wish wish)
            throws RecordUnavailable {
        return switch (workflow.decide(dossier, action, sight.actor(person), wish.at())) {
            case Decision.Refused(Gate gate, String text) ->
                    new Outcome.Refused(gate, text, Map.of());
            case Decision.Done(Dossier next, Map<String, String> detail) ->
                    keep(person, dossier, next, action, wish, detail);
        };
    }

    private Outcome keep(
            Caller.Person person,
            Dossier before,
            Dossier next,
            Action action,
            Wish wish,
            Map<String, String> detail)
            throws RecordUnavailable {
        boolean closes = next.incident().isClosed() && !before.incident().isClosed();
        var kind = closes ? JournalKind.INCIDENT_CLOSED : JournalKind.INCIDENT_CHANGED;
        var happening = happening(person, wish.at(), kind, before.incident(), detail);
        switch (store.save(before, next, wish, happening)) {
            case Change.Kept(Incident kept) -> {
                if (closes) {
                    regrouping.closeOf(kept.id(), person);
                }
                follow(person, next, action, wish);
                return told(kept, true);
            }
            case Change.Repeated(Fulfilled earlier) -> {
                return repeated(person, earlier, wish.what(), before.incident().id(), action);
            }
            case Change.Overtaken(var by) -> {
                return new Outcome.Overtaken(by);
            }
        }
    }

    private Outcome told(Incident incident, boolean fresh) throws RecordUnavailable {
        news.publish(incident.id());
        return new Outcome.Done(store.dossier(incident.id()).orElseThrow(), fresh);
    }

    /// What was done is told again to who did it; what a sudden end left undone is done now.
    private Outcome repeated(
            Caller.Person person,
            Fulfilled before,
            String what,
            @Nullable IncidentId id,
            @Nullable Action action)
            throws RecordUnavailable {
        boolean same =
                before.wish().what().equals(what)
                        && before.wish().actor().equals(person.user().id())
                        && (id == null || id.equals(before.incident()));
        if (!same) {
            return new Outcome.Conflict();
        }
        Optional<Dossier> dossier = find(person, before.incident());
        if (dossier.isEmpty()) {
            return new Outcome.NotVisible("incident");
        }
        if (dossier.get().incident().isClosed()) {
            regrouping.closeOf(before.incident(), person);
        }
        if (action != null) {
            follow(person, dossier.get(), action, before.wish());
        }
        return new Outcome.Done(dossier.get(), false);
    }

    /// What is shown to whom follows from what was done; harmless when it was followed before.
    private void follow(Caller.Person person, Dossier next, Action action, Wish wish)
            throws RecordUnavailable {
        var id = next.incident().id();
        if (next.incident().isClosed()) {
            showings.over(id);
        }
        switch (action) {
            case Action.Invite invite -> show(person, id, invite, wish);
            case Action.Recall recall -> showings.takeBack(id, recall.node());
            case Action.Return _ -> showings.takeBack(id, person.user().node());
            case Action.Regrade _ -> tiers.follow(id);
            default -> {}
        }
    }

    private void show(Caller.Person person, IncidentId id, Action.Invite invite, Wish wish)
            throws RecordUnavailable {
        @Nullable UnitId unit = invite.unit();
        Optional<Instant> since = unit == null ? Optional.empty() : lives.since(unit);
        if (unit != null && since.isPresent()) {
            showings.begin(
                    new Showing(
                            wish.clientId(),
                            id,
                            unit,
                            LiveSight.stamp(since.get()),
                            invite.node(),
                            person.user().id(),
                            invite.reason(),
                            wish.at(),
                            null));
        }
    }

    private static Wish wish(Caller.Person person, String clientId, String what, Instant now) {
        return new Wish(clientId, what, person.user().id(), person.user().seat(), now);
    }

    private static Happening happening(
            Caller.Person person,
            Instant at,
            JournalKind kind,
            Incident incident,
            Map<String, String> detail) {
        var user = person.user();
        return new Happening(
                at,
                kind,
                user.id(),
                user.seat(),
                List.of(Subject.of(incident.id()), Subject.of(incident.node())),
                detail);
    }
}
