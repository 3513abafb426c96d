package org.maplebridge.signaling.command.incident;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.MembershipChange;
import org.maplebridge.dispatch.bus.Subscription;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.store.IncidentStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.protocol.IncidentNews.IncidentChanged;
import org.maplebridge.signaling.scene.Apart;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.scene.RecordNews;
import org.maplebridge.signaling.scene.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries incidents that were opened or changed, on whichever node, to the sessions of this node
/// that see them. When two halves of the cluster have found together, what changed meanwhile is
/// told again: no envelope came across.
///
/// Thread: any; [RecordNews] tells on one of its own.
public final class IncidentNewsDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IncidentNewsDesk.class);

    private static final int TOLD_AGAIN = 1_000;

    private final IncidentStore incidents;
    private final IncidentSight sight;
    private final Peers peers;
    private final InstantSource clock;
    private final Apart apart;
    private final RecordNews news;
    private final Subscription membership;

    public IncidentNewsDesk(
            DispatchBus bus,
            IncidentStore incidents,
            IncidentSight sight,
            Peers peers,
            InstantSource clock) {
        this.incidents = incidents;
        this.sight = sight;
        this.peers = peers;
        this.clock = clock;
        apart = new Apart(clock);
        news = new RecordNews(bus, Topic.INCIDENTS, "incident", this::tell);
        membership = bus.onMembershipChange(this::lookAgain);
    }

    /// Asked after the record has it.
    public void publish(IncidentId id) {
        news.publish(id.value());
    }

    @Override
    public void close() {
        membership.close();
        news.close();
    }

    private void lookAgain(MembershipChange change) {
        apart.changed(change)
                .ifPresent(since ->
                        Thread.ofVirtual().name("incidents-again").start(() -> tellSince(since)));
    }

    private void tellSince(Instant since) {
        try {
            for (var id : incidents.changedSince(since, TOLD_AGAIN)) {
                publish(id);
            }
        } catch (RecordUnavailable e) {
            LOG.warn("incidents of a while changed but cannot be read", e);
        }
    }

    private void tell(String id) throws RecordUnavailable {
        Optional<Dossier.Line> line = incidents.line(new IncidentId(id));
        if (line.isEmpty()) {
            return;
        }
        var message = message(line.get().incident());
        for (Peer peer : peers.all()) {
            if (sight.sees(peer.person(), line.get())) {
                peer.send(message);
            }
        }
    }

    private IncidentChanged message(Incident incident) {
        return new IncidentChanged(
                incident.id().value(),
                incident.number(),
                incident.title(),
                Words.severity(incident.severity()),
                Words.state(incident.state()),
                incident.node().value(),
                incident.place(),
                Words.point(incident.point()),
                incident.standing().step(),
                incident.standing().due(),
                incident.isOverdue(clock.instant()),
                incident.version(),
                incident.openedAt());
    }
}
