package org.maplebridge.signaling.scene.link;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.Connection;
import org.maplebridge.dispatch.bus.PresenceRegistry;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.scene.Mailbox;
import org.maplebridge.signaling.scene.Sources;
import org.maplebridge.signaling.scene.floor.Carrying.Talker;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Roster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whose pictures and voices may leave this node's network, and the audit of those that do. Media
/// never wait for the audit: it is written behind them, and what it cannot take is in the log.
///
/// Thread: any; the audit is written in a mailbox of its own.
public final class Crossings {
    /// All of them, in place of a list.
    public static final String ALL = "*";

    /// What people read whose wish is not carried.
    static final String NOT_ALLOWED = "not-allowed-to-cross";

    /// As many entries wait for a slow record at most.
    private static final int MOST_WAITING = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Crossings.class);

    /// One that goes on.
    ///
    /// @param who whose it is: a unit, or the microphone of a session in a room
    /// @param what the source, or the channel of the group or call
    /// @param network where it goes
    /// @param node by which gateway there
    record Passage(String who, String what, String network, String node) {}

    private final String network;
    private final List<String> tops;
    private final Roster roster;
    private final PresenceRegistry presence;
    private final Audit audit;
    private final Mailbox mailbox = new Mailbox("crossings");
    private final AtomicInteger waiting = new AtomicInteger();

    /// @param network the own one
    /// @param tops organisation nodes of whose subtrees everything may leave, or [#ALL]
    public Crossings(
            String network,
            List<String> tops,
            Roster roster,
            PresenceRegistry presence,
            Audit audit) {
        this.network = network;
        this.tops = List.copyOf(tops);
        this.roster = roster;
        this.presence = presence;
        this.audit = audit;
    }

    private boolean allows(NodeId home) {
        var organisation = roster.organisation();
        return tops.contains(ALL)
                || tops.stream().anyMatch(top -> organisation.isWithin(home, new NodeId(top)));
    }

    /// At a terminal the unit counts, in a room the person.
    boolean allows(Talker talker) {
        var organisation = roster.organisation();
        return allows(
                Sources.unitOf(talker.microphone())
                        .flatMap(organisation::unit)
                        .map(Unit::node)
                        .orElse(talker.home()));
    }

    /// Of what nobody is known to answer for, nothing crosses. May ask the bus.
    boolean allows(SourceId source) {
        return homeOf(source).filter(this::allows).isPresent();
    }

    private Optional<NodeId> homeOf(SourceId source) {
        var organisation = roster.organisation();
        return Sources.unitOf(source)
                .flatMap(organisation::unit)
                .map(Unit::node)
                .or(() ->
                        Sources.sessionOf(source)
                                .flatMap(session ->
                                        presence.all().stream()
                                                .filter(there -> there.session().equals(session))
                                                .findFirst())
                                .map(Connection::user)
                                .flatMap(organisation::user)
                                .map(User::node));
    }

    /// Something begins to leave the network.
    ///
    /// @param of a camera or microphone
    /// @param what that, or the channel on which it is heard
    Passage passage(SourceId of, SourceId what, String to, MemberId gateway) {
        var who = Sources.unitOf(of).map(UnitId::value).orElse(of.value());
        var passage = new Passage(who, what.value(), to, gateway.value());
        note(AuditEntry.Kind.CROSSING_STARTED, passage);
        return passage;
    }

    /// @param passage absent for what stays in the network
    void ended(@Nullable Passage passage) {
        if (passage != null) {
            note(AuditEntry.Kind.CROSSING_ENDED, passage);
        }
    }

    private void note(AuditEntry.Kind kind, Passage passage) {
        var detail = Map.of("from", network, "to", passage.network(), "gateway", passage.node());
        var entry = audit.now(kind, passage.who(), passage.what(), detail);
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            LOG.error("not in the audit: {}", entry);
            return;
        }
        mailbox.post(() -> {
            waiting.decrementAndGet();
            audit.end(List.of(entry));
        });
    }
}
