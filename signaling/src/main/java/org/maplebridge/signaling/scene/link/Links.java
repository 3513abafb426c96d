package org.maplebridge.signaling.scene.link;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.Envelope;
import org.maplebridge.dispatch.bus.MembershipChange;
import org.maplebridge.dispatch.bus.Subscription;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.scene.Elsewhere;
import org.maplebridge.signaling.scene.Mailbox;
import org.maplebridge.signaling.scene.floor.Carrying;
import org.maplebridge.signaling.scene.floor.RelayInbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a link to every node of this network, and as a gateway to the gateways of the others, and
/// says what goes over it. Of two nodes the one with the lower name offers the link, again and
/// again until it stands.
///
/// What is said is sent to where somebody listens, by who has the talker; pictures and their sound
/// are asked for by who looks. Both go from node to node until they are there.
///
/// Thread: any, guarded by this; letters are written and read in a mailbox, never under the lock.
public final class Links implements Carrying, Elsewhere, RelayInbox.LegReader, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Links.class);

    private static final long LOOK_MILLIS = 1_000;

    private final DispatchBus bus;
    private final Place place;
    private final Crossings crossings;
    private final Mailbox mailbox = new Mailbox("links");
    private final Ways ways;
    private final Legwork legwork;
    private final Talks talks;
    private final Wishes wishes;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private volatile Unheard unheard = (_, _, _) -> {};
    private final List<Subscription> subscriptions;

    /// @param place where this node stands
    /// @param crossings what may leave its network here
    /// @param secret the same on all nodes
    public Links(
            DispatchBus bus,
            MediaRelay relay,
            Place place,
            Crossings crossings,
            byte[] secret,
            ScheduledExecutorService timer,
            LongSupplier nanoClock) {
        this.bus = bus;
        this.place = place;
        this.crossings = crossings;
        ways = new Ways(bus.self(), place);
        legwork = new Legwork(bus, relay, secret, nanoClock, mailbox);
        Talks.Later later =
                (millis, task) -> {
                    var unused =
                            timer.schedule(
                                    () -> mailbox.post(() -> locked(task)),
                                    millis,
                                    TimeUnit.MILLISECONDS);
                };
        talks = new Talks(legwork, ways, crossings, relay, nanoClock, later);
        wishes = new Wishes(legwork, ways, crossings, this::tellAll);
        subscriptions =
                List.of(
                        bus.subscribe(Topic.LINKS, letter -> mailbox.post(() -> read(letter))),
                        bus.onMembershipChange(change -> mailbox.post(() -> changed(change))));
        var unused =
                timer.scheduleWithFixedDelay(
                        () -> mailbox.post(this::look), 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
    }

    private synchronized void locked(Runnable task) {
        task.run();
    }

    @Override
    public void tell(Watcher watcher) {
        watchers.add(watcher);
    }

    @Override
    public void hearOf(Unheard listener) {
        unheard = listener;
    }

    private void tellAll(Consumer<Watcher> news) {
        watchers.forEach(watcher -> mailbox.post(() -> news.accept(watcher)));
    }

    @Override
    public synchronized void begin(
            SourceId channel, Talker talker, long epoch, Collection<MemberId> nodes) {
        talks.begin(channel, talker, epoch, nodes);
    }

    @Override
    public synchronized void end(SourceId channel, long epoch) {
        talks.end(channel);
    }

    @Override
    public synchronized Optional<SourceId> want(MemberId node, SourceId source, boolean picture) {
        return wishes.want(new Wish(node, source), picture);
    }

    @Override
    public synchronized void unwant(MemberId node, SourceId source) {
        wishes.unwant(new Wish(node, source));
    }

    private void read(Envelope envelope) {
        var node = envelope.from();
        if (node.equals(bus.self()) || !bus.members().contains(node)) {
            return;
        }
        var letter = Letter.of(envelope);
        if (envelope.kind().equals("place")) {
            stands(node, letter);
            return;
        }
        var source = new SourceId(envelope.subject());
        if (envelope.kind().equals("unheard")) { // from the gateway that does not let it out
            unheard.unheard(source, letter.epoch(), letter.reason());
            return;
        }
        boolean allowed = envelope.kind().equals("want") && mayGoTo(node, source);
        synchronized (this) {
            if (!ways.isLinked(node)) {
                LOG.debug("not for a node of another network: {}", envelope);
                return;
            }
            read(legwork.link(node), envelope, letter, source, allowed);
        }
    }

    private void read(
            Link link, Envelope envelope, Letter letter, SourceId source, boolean allowed) {
        switch (envelope.kind()) {
            case "offer" ->
                    EndText.read(letter.fields()).ifPresent(end -> legwork.accept(link, end));
            case "answer" ->
                    EndText.read(letter.fields()).ifPresent(end -> legwork.complete(link, end));
            case "said" -> talks.said(link, source, letter);
            case "silent" -> talks.silent(link, source, letter);
            case "want" -> {
                var wish = new Wish(letter.owner(bus.self()), source);
                wishes.asked(link, letter.mid(), wish, allowed);
            }
            case "unwant" -> wishes.askedNoMore(link, letter.mid());
            case "refused" -> wishes.refused(link, source, letter.mid(), letter.reason());
            case "comes" -> wishes.comes(link, source, letter.mid());
            default -> LOG.debug("not understood: {}", envelope);
        }
    }

    /// Asked without the lock: the bus may be asked for whose source it is.
    private boolean mayGoTo(MemberId node, SourceId source) {
        boolean leaves;
        synchronized (this) {
            leaves = ways.leavesNetwork(node);
        }
        return !leaves || crossings.allows(source);
    }

    /// A node says where it stands.
    private void stands(MemberId node, Letter letter) {
        synchronized (this) {
            ways.put(node, letter.place());
            lookAgain();
        }
        if (letter.asks()) {
            tellPlace(node, false);
        }
        offerWhereNoneStands();
    }

    private void tellPlace(MemberId node, boolean asks) {
        legwork.post(node, "place", bus.self().value(), Letter.place(place, asks));
    }

    private void changed(MembershipChange change) {
        switch (change) {
            case MembershipChange.Joined _, MembershipChange.Merged _ -> look();
            case MembershipChange.Left(var node) -> drop(node);
        }
    }

    private synchronized void drop(MemberId node) {
        ways.remove(node);
        lookAgain();
        @Nullable Link link = legwork.find(node);
        if (link != null) {
            drop(link);
        }
    }

    private void drop(Link link) {
        talks.drop(link);
        wishes.drop(link);
        legwork.remove(link);
    }

    private void lookAgain() {
        Set<MemberId> changed = ways.lookAgain(legwork::stands);
        if (!changed.isEmpty()) {
            talks.reroute(changed);
            wishes.reroute(changed);
        }
        legwork.all().stream().filter(link -> !ways.isLinked(link.node)).forEach(this::drop);
    }

    private void look() {
        for (var node : bus.members()) {
            if (!node.equals(bus.self()) && !isKnown(node)) {
                tellPlace(node, true);
            }
        }
        offerWhereNoneStands();
    }

    private synchronized boolean isKnown(MemberId node) {
        return ways.knows(node);
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
        if (ways.isLinked(node)) {
            legwork.offer(node);
        }
    }

    /// Both ends of a leg have proved each other.
    @Override
    public synchronized void connected(LegId leg) {
        if (legwork.connected(leg)) {
            lookAgain();
        }
    }

    /// The relay has given a leg up.
    @Override
    public synchronized void lost(LegId leg, String cause) {
        if (legwork.lost(leg, cause)) {
            lookAgain();
            mailbox.post(this::offerWhereNoneStands);
        }
    }
}
