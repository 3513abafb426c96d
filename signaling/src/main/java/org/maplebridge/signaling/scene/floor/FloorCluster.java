package org.maplebridge.signaling.scene.floor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.Arbiter;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.Envelope;
import org.maplebridge.dispatch.bus.FloorHolder;
import org.maplebridge.dispatch.bus.MembershipChange;
import org.maplebridge.dispatch.bus.Subscription;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.dispatch.floor.FloorText;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.security.Roster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The floors of all nodes: carries what [SharedOrder]s say to each other over the bus.
///
/// Thread: any; everything about a conversation is done in its mailbox.
public final class FloorCluster implements Ordering.Source, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FloorCluster.class);

    /// Letters and news of members can be lost while nodes fall out with each other.
    private static final long CHECK_SECONDS = 5;

    /// Letters to who should know the conversation.
    private static final Set<String> ASK_THE_ARBITER = Set.of("follow", "reminded", "happened");

    private record Shared(Conversation conversation, SharedOrder order) {}

    private final DispatchBus bus;
    private final ScheduledExecutorService timer;
    private final FloorLetters letters;
    private final LongSupplier nanoClock;
    private final Map<CallId, Shared> byCall = new ConcurrentHashMap<>();
    private final SharedOrder.Post post = new Bus();
    private final List<Subscription> subscriptions;

    public FloorCluster(
            DispatchBus bus,
            Peers peers,
            Roster roster,
            ScheduledExecutorService timer,
            LongSupplier nanoClock) {
        this.bus = bus;
        this.timer = timer;
        this.nanoClock = nanoClock;
        letters = new FloorLetters(bus.self(), peers, roster);
        subscriptions =
                List.of(
                        bus.subscribe(Topic.FLOORS, this::hear),
                        bus.onMembershipChange(this::changed));
        var unused =
                timer.scheduleWithFixedDelay(
                        () -> everywhere(SharedOrder::check),
                        CHECK_SECONDS,
                        CHECK_SECONDS,
                        TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
    }

    @Override
    public Ordering of(Conversation conversation) {
        var order = new SharedOrder(conversation, bus.self(), post, nanoClock);
        byCall.put(conversation.id(), new Shared(conversation, order));
        return order;
    }

    private void changed(MembershipChange change) {
        switch (change) {
            case MembershipChange.Left(var member) -> everywhere(order -> lost(order, member));
            case MembershipChange.Merged _ -> everywhere(SharedOrder::lookAgain);
            case MembershipChange.Joined _ -> {}
        }
    }

    /// Unless it is back already, and follows again or is followed.
    private void lost(SharedOrder order, MemberId member) {
        if (!bus.members().contains(member)) {
            order.lost(member);
        }
    }

    private void everywhere(Consumer<SharedOrder> task) {
        for (var shared : byCall.values()) {
            shared.conversation().post(() -> task.accept(shared.order()));
        }
    }

    private void hear(Envelope letter) {
        var from = letter.from();
        @Nullable Shared shared = byCall.get(new CallId(letter.subject()));
        if (shared != null) {
            shared.conversation().post(() -> read(shared, letter));
        } else if (ASK_THE_ARBITER.contains(letter.kind())) {
            send(from, "gone", letter.subject(), Map.of());
        }
    }

    private void read(Shared shared, Envelope letter) {
        var from = letter.from();
        var order = shared.order();
        switch (letter.kind()) {
            case "follow" -> order.followedBy(from, number(letter, "round"));
            case "reminded" -> order.remindedBy(from, number(letter, "round"));
            case "denied" -> order.deniedBy(from, false);
            case "gone" -> order.deniedBy(from, true);
            case "happened" ->
                    event(letter, event -> order.happenedAt(from, event, ticket(letter)));
            case "decided" ->
                    event(
                            letter,
                            event ->
                                    order.decided(
                                            from, place(letter), event, number(letter, "ticket")));
            case "stands" ->
                    FloorText.floor(field(letter, "floor"), shared.conversation().rules())
                            .ifPresent(floor ->
                                    order.stands(
                                            from,
                                            place(letter),
                                            floor,
                                            letters.present(letter.fields().get("present")),
                                            number(letter, "round")));
            default -> LOG.debug("not understood: {}", letter);
        }
    }

    private void event(Envelope letter, Consumer<FloorEvent> reader) {
        letters.read(field(letter, "event"))
                .ifPresentOrElse(reader, () -> LOG.warn("not understood: {}", letter));
    }

    private static SharedOrder.Place place(Envelope letter) {
        return new SharedOrder.Place(
                number(letter, "term"), number(letter, "number"), number(letter, "at"));
    }

    private static SharedOrder.Ticket ticket(Envelope letter) {
        return new SharedOrder.Ticket(number(letter, "round"), number(letter, "ticket"));
    }

    private static String field(Envelope letter, String name) {
        return letter.fields().getOrDefault(name, "");
    }

    private static long number(Envelope letter, String name) {
        return Long.parseLong(letter.fields().getOrDefault(name, "0"));
    }

    private void send(MemberId to, String kind, String call, Map<String, String> fields) {
        bus.send(to, Topic.FLOORS, new Envelope(bus.self(), kind, call, fields));
    }

    private final class Bus implements SharedOrder.Post {
        @Override
        public Arbiter seat(Conversation conversation) {
            return bus.arbiters().seat(conversation.id(), bus.self());
        }

        @Override
        public boolean isThere(MemberId member) {
            return bus.members().contains(member);
        }

        @Override
        public void checkIn(Conversation conversation, long nanos) {
            @Nullable Shared shared = byCall.get(conversation.id());
            if (shared != null) {
                Runnable task = () -> shared.conversation().post(shared.order()::check);
                var unused = timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
            }
        }

        @Override
        public Arbiter takeOver(Arbiter former) {
            var next = bus.arbiters().takeOver(former, bus.self());
            LOG.info("{} is decided by {} after {}", former.call(), next, former.member());
            return next;
        }

        @Override
        public long highestEpoch(Conversation conversation) {
            return bus.floors().at(conversation.id()).map(FloorHolder::epoch).orElse(0L);
        }

        @Override
        public void vacate(Arbiter last) {
            bus.arbiters().vacate(last);
        }

        @Override
        public void forget(Conversation conversation) {
            byCall.computeIfPresent(
                    conversation.id(),
                    (_, shared) -> shared.conversation() == conversation ? null : shared);
        }

        @Override
        public void follow(MemberId arbiter, Conversation conversation, long round) {
            say(arbiter, "follow", conversation, Map.of("round", Long.toString(round)));
        }

        @Override
        public void remind(MemberId arbiter, Conversation conversation, long round) {
            say(arbiter, "reminded", conversation, Map.of("round", Long.toString(round)));
        }

        @Override
        public void tellArbiter(
                MemberId arbiter,
                Conversation conversation,
                FloorEvent event,
                SharedOrder.Ticket ticket) {
            var fields =
                    Map.of(
                            "event", letters.write(event),
                            "round", Long.toString(ticket.round()),
                            "ticket", Long.toString(ticket.number()));
            say(arbiter, "happened", conversation, fields);
        }

        @Override
        public void tellFollower(
                MemberId follower,
                Conversation conversation,
                SharedOrder.Place place,
                FloorEvent event,
                long ticket) {
            var fields = fields(place);
            fields.put("ticket", Long.toString(ticket));
            fields.put("event", letters.write(event));
            say(follower, "decided", conversation, fields);
        }

        @Override
        public void tellAll(
                MemberId follower, Conversation conversation, SharedOrder.Place place, long round) {
            var fields = fields(place);
            fields.put("round", Long.toString(round));
            fields.put("floor", FloorText.of(conversation.floor()));
            fields.put("present", letters.write(conversation.present()));
            say(follower, "stands", conversation, fields);
        }

        @Override
        public void deny(MemberId follower, Conversation conversation) {
            say(follower, "denied", conversation, Map.of());
        }

        private void say(
                MemberId to, String kind, Conversation conversation, Map<String, String> fields) {
            send(to, kind, conversation.id().value(), fields);
        }

        private static Map<String, String> fields(SharedOrder.Place place) {
            var fields = new HashMap<String, String>();
            fields.put("term", Long.toString(place.term()));
            fields.put("number", Long.toString(place.number()));
            fields.put("at", Long.toString(place.atNanos()));
            return fields;
        }
    }
}
