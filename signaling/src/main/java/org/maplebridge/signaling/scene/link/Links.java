package org.maplebridge.signaling.scene.link;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.Envelope;
import org.maplebridge.dispatch.bus.MembershipChange;
import org.maplebridge.dispatch.bus.Subscription;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.LinkEnd;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.scene.Elsewhere;
import org.maplebridge.signaling.scene.Mailbox;
import org.maplebridge.signaling.scene.floor.Carrying;
import org.maplebridge.signaling.scene.floor.RelayInbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a link to every other node and says what goes over it. Of two nodes the one with the lower
/// name offers the link, again and again until it stands.
///
/// What is said is sent to where somebody listens, by who has the talker; pictures and their sound
/// are asked for by who looks.
///
/// Thread: any, guarded by this; letters are written and read in a mailbox, never under the lock.
public final class Links implements Carrying, Elsewhere, RelayInbox.LinkReader, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Links.class);

    private static final long OFFER_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(3);

    /// The relay tells earlier when two ends that know each other do not find together.
    private static final long MEET_NANOS = TimeUnit.SECONDS.toNanos(12);

    private static final long LOOK_MILLIS = 1_000;

    /// Words that came over the link before the letter about them.
    private static final long EARLY_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final DispatchBus bus;
    private final MediaRelay relay;
    private final byte[] secret;
    private final LongSupplier nanoClock;
    private final Mailbox mailbox = new Mailbox("links");
    private final Map<MemberId, Link> byNode = new HashMap<>();
    private final List<Subscription> subscriptions;

    /// @param secret the same on all nodes
    public Links(
            DispatchBus bus,
            MediaRelay relay,
            byte[] secret,
            ScheduledExecutorService timer,
            LongSupplier nanoClock) {
        this.bus = bus;
        this.relay = relay;
        this.secret = secret.clone();
        this.nanoClock = nanoClock;
        subscriptions =
                List.of(
                        bus.subscribe(Topic.LINKS, letter -> mailbox.post(() -> read(letter))),
                        bus.onMembershipChange(change -> mailbox.post(() -> changed(change))));
        var unused =
                timer.scheduleWithFixedDelay(
                        () -> mailbox.post(this::offerWhereNoneStands),
                        0,
                        LOOK_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
    }

    @Override
    public synchronized void begin(SourceId channel, long epoch, Collection<MemberId> nodes) {
        for (var node : nodes) {
            var link = link(node);
            var mid = link.spoken.of(channel).or(() -> link.spoken.take(channel));
            if (mid.isEmpty()) {
                LOG.error("no voice section is free to {}: {} is not heard there", node, channel);
                continue;
            }
            send(link, mid.get(), channel);
            post(node, "said", channel, mid.get(), epoch);
        }
    }

    @Override
    public synchronized void end(SourceId channel, long epoch) {
        for (var link : byNode.values()) {
            link.spoken
                    .giveAll(channel)
                    .ifPresent(mid -> {
                        sendNothing(link, mid);
                        post(link.node, "silent", channel, mid, epoch);
                    });
        }
    }

    @Override
    public synchronized Optional<SourceId> want(MemberId node, SourceId source, boolean picture) {
        var link = link(node);
        var lanes = link.wanted(picture);
        boolean before = lanes.of(source).isPresent();
        var mid = lanes.take(source);
        if (mid.isPresent() && !before) {
            post(node, "want", source, mid.get(), 0);
        }
        return mid.map(link::sourceOf);
    }

    @Override
    public synchronized void unwant(MemberId node, SourceId source) {
        @Nullable Link link = byNode.get(node);
        if (link != null) {
            link.pictures
                    .give(source)
                    .or(() -> link.sounds.give(source))
                    .ifPresent(mid -> post(node, "unwant", source, mid, 0));
        }
    }

    private Link link(MemberId node) {
        return byNode.computeIfAbsent(node, Link::new);
    }

    private void send(Link link, String mid, SourceId source) {
        link.sending.put(mid, source);
        @Nullable LegId leg = link.leg;
        if (leg != null) {
            relay.attach(leg, mid, source);
        }
    }

    private void sendNothing(Link link, String mid) {
        link.sending.remove(mid);
        @Nullable LegId leg = link.leg;
        if (leg != null) {
            relay.detach(leg, mid);
        }
    }

    private void read(Envelope letter) {
        var node = letter.from();
        if (node.equals(bus.self()) || !bus.members().contains(node)) {
            return;
        }
        var fields = letter.fields();
        var mid = fields.getOrDefault("mid", "");
        var source = new SourceId(letter.subject());
        synchronized (this) {
            switch (letter.kind()) {
                case "offer" -> EndText.read(fields).ifPresent(end -> accept(link(node), end));
                case "answer" -> EndText.read(fields).ifPresent(end -> complete(link(node), end));
                case "said" -> hear(link(node), mid, source, epoch(fields));
                case "silent" -> hearNothing(link(node), mid, epoch(fields));
                case "want" -> send(link(node), mid, source);
                case "unwant" -> sendNothing(link(node), mid);
                default -> LOG.debug("not understood: {}", letter);
            }
        }
    }

    private static long epoch(Map<String, String> fields) {
        return Long.parseLong(fields.getOrDefault("epoch", "0"));
    }

    private void hear(Link link, String mid, SourceId channel, long epoch) {
        Link.@Nullable Heard before = link.heard.put(mid, new Link.Heard(channel, epoch));
        if (before != null && !before.channel().equals(channel)) {
            relay.clearFloor(before.channel(), before.epoch());
        }
        long since = nanoClock.getAsLong() - EARLY_NANOS;
        relay.giveFloor(channel, link.sourceOf(mid), epoch, since);
    }

    private void hearNothing(Link link, String mid, long epoch) {
        Link.@Nullable Heard heard = link.heard.get(mid);
        if (heard != null && heard.epoch() == epoch) {
            link.heard.remove(mid);
            relay.finishFloor(heard.channel(), epoch);
        }
    }

    private void changed(MembershipChange change) {
        switch (change) {
            case MembershipChange.Joined _, MembershipChange.Merged _ -> offerWhereNoneStands();
            case MembershipChange.Left(var node) -> drop(node);
        }
    }

    private synchronized void drop(MemberId node) {
        @Nullable Link link = byNode.remove(node);
        if (link != null) {
            link.heard.values().forEach(h -> relay.clearFloor(h.channel(), h.epoch()));
            closeLeg(link);
        }
    }

    private void offerWhereNoneStands() {
        var self = bus.self();
        for (var node : bus.members()) {
            if (self.value().compareTo(node.value()) < 0) {
                offer(node);
            }
        }
    }

    private synchronized void offer(MemberId node) {
        var link = link(node);
        long now = nanoClock.getAsLong();
        long patience = link.leg == null ? OFFER_AGAIN_NANOS : MEET_NANOS;
        boolean waits = link.offered != null && now - link.offeredNanos < patience;
        if (!link.connected && !waits) {
            LinkEnd ours = relay.linkEnd();
            link.offered = ours;
            link.offeredNanos = now;
            mailbox.post(() -> post(node, "offer", ours));
        }
    }

    private void accept(Link link, LinkEnd theirs) {
        LinkEnd ours = relay.linkEnd();
        if (open(link, ours, theirs)) {
            mailbox.post(() -> post(link.node, "answer", ours));
        }
    }

    private void complete(Link link, LinkEnd theirs) {
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

    /// Both ends of a leg have proved each other.
    @Override
    public synchronized void connected(LegId leg) {
        ofLeg(leg)
                .ifPresent(link -> {
                    link.connected = true;
                    LOG.info("link to {} stands", link.node);
                });
    }

    /// The relay has given a leg up.
    @Override
    public synchronized void lost(LegId leg, String cause) {
        ofLeg(leg)
                .ifPresent(link -> {
                    LOG.warn("link to {} is lost: {}", link.node, cause);
                    link.leg = null;
                    link.connected = false;
                    link.offered = null;
                    mailbox.post(this::offerWhereNoneStands);
                });
    }

    /// The nodes that are reached now.
    public synchronized List<MemberId> reached() {
        return byNode.values().stream()
                .filter(link -> link.connected)
                .map(link -> link.node)
                .toList();
    }

    private Optional<Link> ofLeg(LegId leg) {
        return byNode.values().stream().filter(link -> leg.equals(link.leg)).findFirst();
    }

    private void post(MemberId to, String kind, SourceId source, String mid, long epoch) {
        var fields = Map.of("mid", mid, "epoch", Long.toString(epoch));
        mailbox.post(() ->
                bus.send(to, Topic.LINKS, new Envelope(bus.self(), kind, source.value(), fields)));
    }

    private void post(MemberId to, String kind, LinkEnd end) {
        bus.send(to, Topic.LINKS, new Envelope(bus.self(), kind, end.fragment(), EndText.of(end)));
    }
}
