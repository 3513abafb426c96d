package org.maplebridge.signaling.command.incident;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.MembershipChange;
import org.maplebridge.dispatch.bus.Subscription;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.dispatch.incident.Action;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.incident.Showing;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.IncidentStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.ShowingStore;
import org.maplebridge.signaling.protocol.ShowingNews.HiddenWhy;
import org.maplebridge.signaling.protocol.ShowingNews.LiveHidden;
import org.maplebridge.signaling.protocol.ShowingNews.LiveShown;
import org.maplebridge.signaling.protocol.ShowingNews.Shown;
import org.maplebridge.signaling.scene.LiveBoard;
import org.maplebridge.signaling.scene.Mailbox;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.scene.RecordNews;
import org.maplebridge.signaling.scene.Words;
import org.maplebridge.signaling.scene.showing.LiveSight;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Roster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shows a running picture to a room that is called in, on whichever node it sits, and ends that
/// with the stream, with the incident, or when it is taken back. That a later stream is not seen
/// does not rest on this: the right itself is for one stream.
///
/// Thread: any; ends of streams are worked off on a mailbox.
public final class ShowingDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShowingDesk.class);

    /// Who plays a picture by WHEP.
    @FunctionalInterface
    public interface Players {
        void dismiss(UnitId unit, NodeId room);
    }

    private final ShowingStore store;
    private final IncidentStore incidents;
    private final IncidentNewsDesk incidentNews;
    private final LiveBoard lives;
    private final LiveSight sight;
    private final Players players;
    private final Peers peers;
    private final Roster roster;
    private final Audit audit;
    private final InstantSource clock;
    private final Mailbox mailbox = new Mailbox("showings");
    private final RecordNews news;
    private final Subscription membership;

    public ShowingDesk(
            ShowingStore store,
            IncidentStore incidents,
            IncidentNewsDesk incidentNews,
            LiveBoard lives,
            LiveSight sight,
            Players players,
            Peers peers,
            Roster roster,
            Audit audit,
            DispatchBus bus,
            InstantSource clock) {
        this.store = store;
        this.incidents = incidents;
        this.incidentNews = incidentNews;
        this.lives = lives;
        this.sight = sight;
        this.players = players;
        this.peers = peers;
        this.roster = roster;
        this.audit = audit;
        this.clock = clock;
        news = new RecordNews(bus, Topic.SHOWINGS, "showing", this::tell);
        membership = bus.onMembershipChange(this::lookAgain);
        lives.tellOfEnds(unit -> mailbox.post(() -> streamOver(unit)));
    }

    /// What was shown before this node started is shown again.
    public void restore() throws RecordUnavailable {
        store.open().forEach(sight::show);
    }

    @Override
    public void close() {
        membership.close();
        news.close();
    }

    /// Harmless when it is shown already.
    public void begin(Showing showing) throws RecordUnavailable {
        if (store.begin(showing)) {
            news.publish(showing.id());
        }
    }

    public List<Showing> of(IncidentId incident) throws RecordUnavailable {
        return store.openFor(incident);
    }

    /// Nothing of the incident is shown to this room any more.
    void takeBack(IncidentId incident, NodeId room) throws RecordUnavailable {
        end(incident, one -> one.node().equals(room), Showing.Cause.TAKEN_BACK);
    }

    void over(IncidentId incident) throws RecordUnavailable {
        end(incident, _ -> true, Showing.Cause.INCIDENT);
    }

    public List<Shown> shownTo(Peer peer) {
        return sight.shownAt(peer.person().user().node()).stream()
                .map(showing -> shown(showing, peer))
                .flatMap(Optional::stream)
                .toList();
    }

    private void end(IncidentId incident, Predicate<Showing> which, Showing.Cause cause)
            throws RecordUnavailable {
        for (var showing : store.openFor(incident)) {
            if (which.test(showing)
                    && store.end(showing.ended(clock.instant(), cause), Optional.empty())) {
                news.publish(showing.id());
            }
        }
    }

    private void streamOver(UnitId unit) {
        for (var showing : sight.of(unit)) {
            var since = lives.since(unit).map(LiveSight::stamp);
            if (since.filter(showing.stream()::equals).isEmpty()) {
                end(showing);
            }
        }
    }

    /// Whichever node hears of it first writes it down.
    private void end(Showing showing) {
        var ended = showing.ended(clock.instant(), Showing.Cause.STREAM);
        if (sight.hide(showing)) {
            leave(ended);
        }
        try {
            if (store.end(ended, Optional.of(happening(ended)))) {
                news.publish(showing.id());
                incidentNews.publish(showing.incident());
            }
        } catch (RecordUnavailable e) {
            LOG.warn("the end of {} is not in the record", showing.id(), e);
        }
    }

    private void lookAgain(MembershipChange change) {
        if (change instanceof MembershipChange.Merged) {
            mailbox.post(() -> {
                try {
                    store.open().forEach(showing -> news.publish(showing.id()));
                } catch (RecordUnavailable e) {
                    LOG.warn("what is shown to whom cannot be read", e);
                }
            });
        }
    }

    private void tell(String id) throws RecordUnavailable {
        Optional<Showing> found = store.find(id);
        if (found.isEmpty()) {
            return;
        }
        var showing = found.get();
        if (showing.isOpen()) {
            if (sight.show(showing)) {
                var text = text(showing.incident());
                room(showing.node())
                        .forEach(peer -> peer.send(new LiveShown(shown(showing, text, peer))));
            }
        } else if (sight.hide(showing)) {
            leave(showing);
        }
    }

    /// Whoever saw it by this right alone sees it no more.
    private void leave(Showing showing) {
        Showing.@Nullable End end = showing.end();
        var why = HiddenWhy.valueOf((end == null ? Showing.Cause.STREAM : end.cause()).name());
        for (var peer : room(showing.node())) {
            lives.watchesBy(peer.session()).stream()
                    .filter(watch -> watch.unit().equals(showing.unit()))
                    .filter(watch -> watch.right().stream() != null)
                    .flatMap(watch -> lives.unwatch(peer.session(), watch.tile()).stream())
                    .forEach(watch -> noted(peer, watch));
            peer.send(new LiveHidden(showing.id(), showing.unit().value(), why));
        }
        players.dismiss(showing.unit(), showing.node());
    }

    private void noted(Peer peer, LiveBoard.Watch watch) {
        audit.end(
                AuditEntry.Kind.WATCH_ENDED,
                peer.person().account(),
                watch.unit().value(),
                Map.of("session", peer.session().value(), "since", watch.since().toString()));
    }

    private List<Peer> room(NodeId node) {
        return peers.where(peer -> peer.person().user().node().equals(node));
    }

    private Optional<Incident> text(IncidentId id) throws RecordUnavailable {
        return incidents.find(id);
    }

    private Optional<Shown> shown(Showing showing, Peer peer) {
        try {
            return Optional.of(shown(showing, text(showing.incident()), peer));
        } catch (RecordUnavailable e) {
            LOG.warn("{} is not told what it is shown", peer.session(), e);
            return Optional.empty();
        }
    }

    private Shown shown(Showing showing, Optional<Incident> incident, Peer peer) {
        var organisation = roster.organisation();
        var locale = peer.locale();
        Optional<Unit> unit = organisation.unit(showing.unit());
        var by = organisation.user(showing.by());
        return new Shown(
                showing.id(),
                showing.incident().value(),
                incident.map(Incident::number).orElse(""),
                incident.map(Incident::title).orElse(""),
                showing.unit().value(),
                unit.map(one -> one.name().in(locale)).orElse(showing.unit().value()),
                Words.kind(unit.map(Unit::kind).orElse(Unit.Kind.CAMERA)),
                by.flatMap(user -> organisation.node(user.node()))
                        .map(node -> node.name().in(locale))
                        .orElse(""),
                by.map(user -> user.name().in(locale)).orElse(showing.by().value()),
                showing.reason(),
                showing.at());
    }

    private static Happening happening(Showing showing) {
        return new Happening(
                showing.end() == null ? showing.at() : showing.end().at(),
                JournalKind.INCIDENT_CHANGED,
                null,
                null,
                List.of(Subject.of(showing.incident()), Subject.of(showing.node())),
                Map.of(
                        "action", Action.Kind.RECALL.name(),
                        "node", showing.node().value(),
                        "unit", showing.unit().value(),
                        "cause", "stream"));
    }
}
