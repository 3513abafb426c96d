package org.maplebridge.signaling.scene.link;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.Envelope;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.LinkEnd;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.scene.Mailbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The links of this node as the relay and the bus have them: offers until a leg stands, what is
/// attached to it, and the letters to the node at its other end.
///
/// Thread: guarded by [Links]; letters are written in the mailbox, never under the lock.
final class Legwork {
    private static final Logger LOG = LoggerFactory.getLogger(Links.class);

    private static final long OFFER_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(3);

    /// The relay tells earlier when two ends that know each other do not find together.
    private static final long MEET_NANOS = TimeUnit.SECONDS.toNanos(12);

    private final DispatchBus bus;
    private final MediaRelay relay;
    private final byte[] secret;
    private final LongSupplier nanoClock;
    private final Mailbox mailbox;
    private final Map<MemberId, Link> byNode = new HashMap<>();

    Legwork(
            DispatchBus bus,
            MediaRelay relay,
            byte[] secret,
            LongSupplier nanoClock,
            Mailbox mailbox) {
        this.bus = bus;
        this.relay = relay;
        this.secret = secret.clone();
        this.nanoClock = nanoClock;
        this.mailbox = mailbox;
    }

    MemberId self() {
        return bus.self();
    }

    Link link(MemberId node) {
        return byNode.computeIfAbsent(node, Link::new);
    }

    @Nullable Link find(MemberId node) {
        return byNode.get(node);
    }

    Collection<Link> all() {
        return List.copyOf(byNode.values());
    }

    boolean stands(MemberId node) {
        @Nullable Link link = byNode.get(node);
        return link != null && link.connected;
    }

    void send(Link link, String mid, SourceId source) {
        link.sending.put(mid, source);
        @Nullable LegId leg = link.leg;
        if (leg != null) {
            relay.attach(leg, mid, source);
        }
    }

    /// @param sinceNanos when it began to be said
    void sendSince(Link link, String mid, SourceId source, long sinceNanos) {
        link.sending.put(mid, source);
        @Nullable LegId leg = link.leg;
        if (leg != null) {
            relay.attachSince(leg, mid, source, sinceNanos);
        }
    }

    void sendNothing(Link link, String mid) {
        link.sending.remove(mid);
        @Nullable LegId leg = link.leg;
        if (leg != null) {
            relay.detach(leg, mid);
        }
    }

    void post(MemberId to, String kind, SourceId source, Map<String, String> fields) {
        post(to, kind, source.value(), fields);
    }

    void post(MemberId to, String kind, String subject, Map<String, String> fields) {
        mailbox.post(
                () -> bus.send(to, Topic.LINKS, new Envelope(bus.self(), kind, subject, fields)));
    }

    void offer(MemberId node) {
        var link = link(node);
        long now = nanoClock.getAsLong();
        long patience = link.leg == null ? OFFER_AGAIN_NANOS : MEET_NANOS;
        boolean waits = link.offered != null && now - link.offeredNanos < patience;
        if (!link.connected && !waits) {
            LinkEnd ours = relay.linkEnd();
            link.offered = ours;
            link.offeredNanos = now;
            post(node, "offer", ours.fragment(), EndText.of(ours));
        }
    }

    void accept(Link link, LinkEnd theirs) {
        LinkEnd ours = relay.linkEnd();
        if (open(link, ours, theirs)) {
            post(link.node, "answer", ours.fragment(), EndText.of(ours));
        }
    }

    void complete(Link link, LinkEnd theirs) {
        @Nullable LinkEnd ours = link.offered;
        if (ours != null && !link.connected) {
            open(link, ours, theirs);
        }
    }

    private boolean open(Link link, LinkEnd ours, LinkEnd theirs) {
        closeLeg(link);
        var leg = new LegId("link:" + link.node + ":" + ours.fragment());
        if (!relay.openLink(leg, ours, theirs, secret, link.plan())) {
            LOG.warn("the link to {} cannot be opened by {}", link.node, theirs);
            return false;
        }
        link.leg = leg;
        link.sending.forEach((mid, source) -> relay.attach(leg, mid, source));
        return true;
    }

    private void closeLeg(Link link) {
        @Nullable LegId leg = link.leg;
        link.leg = null;
        link.connected = false;
        if (leg != null) {
            relay.close(leg);
        }
    }

    /// Nothing goes over it any more, and what both ends wanted is forgotten.
    void remove(Link link) {
        byNode.remove(link.node);
        link.heard.values().forEach(h -> relay.clearFloor(h.channel(), h.epoch()));
        closeLeg(link);
    }

    /// Both ends of a leg have proved each other.
    boolean connected(LegId leg) {
        Optional<Link> proved = ofLeg(leg);
        proved.ifPresent(link -> {
            link.connected = true;
            LOG.info("link to {} stands", link.node);
        });
        return proved.isPresent();
    }

    /// The relay has given a leg up.
    boolean lost(LegId leg, String cause) {
        Optional<Link> gone = ofLeg(leg);
        gone.ifPresent(link -> {
            LOG.warn("link to {} is lost: {}", link.node, cause);
            link.leg = null;
            link.connected = false;
            link.offered = null;
        });
        return gone.isPresent();
    }

    private Optional<Link> ofLeg(LegId leg) {
        return byNode.values().stream().filter(link -> leg.equals(link.leg)).findFirst();
    }
}
