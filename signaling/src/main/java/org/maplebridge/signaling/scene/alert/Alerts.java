package org.maplebridge.signaling.scene.alert;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.alert.Alert;
import org.maplebridge.dispatch.alert.AlertInput;
import org.maplebridge.dispatch.alert.AlertWorkflow;
import org.maplebridge.dispatch.alert.AlertWorkflow.Outcome;
import org.maplebridge.dispatch.alert.AlertWorkflow.Raising;
import org.maplebridge.dispatch.alert.Cry;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.dispatch.model.AlertId;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.store.AlertStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.protocol.ServerMessage.AlertNews;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.scene.RecordNews;
import org.maplebridge.signaling.security.Roster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls for help. Every step is in the record first; what the record says is then carried out and
/// told on every node, so that an alert outlives the terminal, the connection and the node that
/// raised it.
///
/// Thread: any; steps are guarded by this, what follows from them happens on the one thread of the
/// news.
public final class Alerts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

    /// Two rooms may end an alert at once; more often than this is a fault.
    private static final int ATTEMPTS = 10;

    private static final long RETRY_MILLIS = 1_000;

    /// What became of somebody's cry.
    public enum Raised {
        RAISED,
        /// The same one again.
        REPEATED,
        /// The id is another alert's.
        CONFLICT,
        BUSY,
        TOO_MILD
    }

    private final AlertStore store;
    private final Rescue rescue;
    private final Function<GroupId, Set<UnitId>> members;
    private final Peers peers;
    private final Roster roster;
    private final AlertJournal journal;
    private final ScheduledExecutorService timer;
    private final InstantSource clock;
    private final Duration countdown;
    private final RecordNews news;
    private final Map<AlertId, Alert> open = new HashMap<>();

    /// @param members of a group; nobody when there is none any more
    /// @param countdown how long an alert can be taken back
    public Alerts(
            AlertStore store,
            Rescue rescue,
            DispatchBus bus,
            Function<GroupId, Set<UnitId>> members,
            Peers peers,
            Roster roster,
            AlertJournal journal,
            ScheduledExecutorService timer,
            InstantSource clock,
            Duration countdown) {
        this.store = store;
        this.rescue = rescue;
        this.members = members;
        this.peers = peers;
        this.roster = roster;
        this.journal = journal;
        this.timer = timer;
        this.clock = clock;
        this.countdown = countdown;
        news = new RecordNews(bus, Topic.ALERTS, "alert", this::heard);
    }

    @Override
    public void close() {
        news.close();
    }

    /// Goes on with what the record has from before the start.
    ///
    /// @param alone whether no other node has counted down meanwhile
    public synchronized void goOn(boolean alone) throws RecordUnavailable {
        var input = alone ? new AlertInput.Restarted() : new AlertInput.Elapsed();
        for (var alert : store.open()) {
            var step = AlertWorkflow.step(alert, input, clock.instant());
            if (step.outcome().changes()) {
                store.save(step.next(), journal.step(step.next(), null));
            }
            news.publish(alert.id().value());
        }
    }

    public synchronized Raised raise(Peer by, Cry cry) throws RecordUnavailable {
        Optional<Alert> known = store.find(cry.id());
        if (known.isPresent()) {
            return known.get().unit().equals(cry.unit()) ? Raised.REPEATED : Raised.CONFLICT;
        }
        @Nullable Alert before =
                store.open().stream()
                        .filter(alert -> alert.unit().equals(cry.unit()))
                        .max(Comparator.comparing(Alert::tier))
                        .orElse(null);
        return switch (AlertWorkflow.raise(cry, countdown, before, clock.instant())) {
            case Raising.Busy _ -> Raised.BUSY;
            case Raising.TooMild _ -> Raised.TOO_MILD;
            case Raising.Raised(var alert, var former) -> raise(by, alert, former);
        };
    }

    /// The new one is there before the former one is over: help is never called off between.
    private Raised raise(Peer by, Alert alert, @Nullable Alert former) throws RecordUnavailable {
        if (!store.raise(alert, journal.raised(alert, by))) {
            return Raised.CONFLICT;
        }
        rescue.raisedBy(alert.id(), by.session());
        news.publish(alert.id().value());
        if (former != null) {
            store.save(former, journal.step(former, by));
            news.publish(former.id().value());
        }
        return Raised.RAISED;
    }

    public Optional<Alert> find(AlertId id) throws RecordUnavailable {
        return store.find(id);
    }

    public synchronized Outcome end(Peer by, AlertId id, @Nullable String reason)
            throws RecordUnavailable {
        var user = by.person().user().id();
        var input = new AlertInput.End(user, by.person().may(Permission.ALERT_CLEAR), reason);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Alert> alert = store.find(id);
            if (alert.isEmpty()) {
                return Outcome.OVER;
            }
            var step = AlertWorkflow.step(alert.get(), input, clock.instant());
            if (!step.outcome().changes()) {
                return step.outcome();
            }
            journal.answerFor(alert.get(), by, reason);
            if (store.save(step.next(), journal.step(step.next(), by))) {
                news.publish(id.value());
                return step.outcome();
            }
        }
        throw new IllegalStateException("alert " + id + " is changed by too many at once");
    }

    /// Who sees the unit, and who is in the group.
    public boolean sees(Peer peer, Alert alert) {
        var user = peer.person().user();
        @Nullable GroupId group = alert.group();
        return roster.visibility().seesUnit(user, alert.unit(), Aspect.UNITS)
                || (group != null
                        && peer.unit().filter(members.apply(group)::contains).isPresent());
    }

    /// Those that are not over, oldest first.
    public List<AlertNews.Alert> shownTo(Peer peer) {
        List<Alert> all;
        synchronized (this) {
            all = new ArrayList<>(open.values());
        }
        all.sort(Comparator.comparing(Alert::raisedAt));
        return all.stream()
                .filter(alert -> sees(peer, alert))
                .map(alert -> AlertView.of(alert, roster.organisation(), peer.locale()))
                .toList();
    }

    /// Carries out what the record says of this alert now.
    ///
    /// Thread: the news'.
    private void heard(String id) throws RecordUnavailable {
        Optional<Alert> found = store.find(new AlertId(id));
        if (found.isEmpty()) {
            return;
        }
        var alert = found.get();
        @Nullable Alert before = remember(alert);
        switch (alert.phase()) {
            case PENDING -> {
                if (before == null) {
                    wakeAtTheEnd(alert);
                }
            }
            case ACTIVE -> {
                if (before == null || before.phase() != Alert.Phase.ACTIVE) {
                    rescue.begin(alert);
                }
            }
            case CANCELLED, CLOSED -> rescue.end(alert);
        }
        for (var peer : peers.all()) {
            if (sees(peer, alert)) {
                var shown = AlertView.of(alert, roster.organisation(), peer.locale());
                peer.send(new AlertNews.AlertChanged(shown));
            }
        }
    }

    private synchronized @Nullable Alert remember(Alert alert) {
        return alert.isOpen() ? open.put(alert.id(), alert) : open.remove(alert.id());
    }

    private void wakeAtTheEnd(Alert alert) {
        long millis = Duration.between(clock.instant(), alert.activeAt()).toMillis() + 1;
        wakeIn(alert.id(), Math.max(0, millis), false);
    }

    private void wakeIn(AlertId id, long millis, boolean again) {
        Runnable wake = () -> Thread.ofVirtual().name("alert " + id).start(() -> wake(id, again));
        var unused = timer.schedule(wake, millis, TimeUnit.MILLISECONDS);
    }

    /// The countdown is over; that the record does not answer now keeps nobody from being heard.
    private void wake(AlertId id, boolean again) {
        try {
            activate(id);
        } catch (RecordUnavailable e) {
            if (!again) {
                LOG.error("alert {} is active but cannot be recorded yet", id, e);
            }
            pending(id).ifPresent(rescue::begin);
            wakeIn(id, RETRY_MILLIS, true);
        }
    }

    private synchronized void activate(AlertId id) throws RecordUnavailable {
        Optional<Alert> alert = store.find(id);
        if (alert.isEmpty()) {
            return;
        }
        var step = AlertWorkflow.step(alert.get(), new AlertInput.Elapsed(), clock.instant());
        if (step.outcome().changes() && store.save(step.next(), journal.step(step.next(), null))) {
            news.publish(id.value());
        } else if (step.next().phase() == Alert.Phase.PENDING) {
            wakeAtTheEnd(step.next());
        }
    }

    private synchronized Optional<Alert> pending(AlertId id) {
        return Optional.ofNullable(open.get(id))
                .filter(alert -> alert.phase() == Alert.Phase.PENDING);
    }
}
