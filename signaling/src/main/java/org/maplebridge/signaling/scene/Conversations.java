package org.maplebridge.signaling.scene;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.FloorHolder;
import org.maplebridge.dispatch.floor.FloorInput;
import org.maplebridge.dispatch.floor.Speaker;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.Floor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All conversations with a floor on this node, and their ways to relay, bus, journal and clock.
///
/// Thread: any; each conversation's floor is moved by its own mailbox.
public final class Conversations implements Conversation.Effects {
    private static final Logger LOG = LoggerFactory.getLogger(Conversations.class);

    private record Talking(Conversation conversation, SessionId who) {}

    private final MediaRelay relay;
    private final Legs legs;
    private final DispatchBus bus;
    private final Chronicle chronicle;
    private final ScheduledExecutorService timer;
    private final InstantSource clock;
    private final LongSupplier nanoClock;
    private final LongConsumer grantNanos;
    private final Map<CallId, Conversation> byCall = new ConcurrentHashMap<>();
    private final Map<SourceId, List<Talking>> talking = new ConcurrentHashMap<>();

    /// @param grantNanos hears how long each press of a key waited for its grant
    public Conversations(
            MediaRelay relay,
            Legs legs,
            DispatchBus bus,
            Chronicle chronicle,
            ScheduledExecutorService timer,
            InstantSource clock,
            LongSupplier nanoClock,
            LongConsumer grantNanos) {
        this.relay = relay;
        this.legs = legs;
        this.bus = bus;
        this.chronicle = chronicle;
        this.timer = timer;
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.grantNanos = grantNanos;
    }

    /// @return false when all of the session's voice slots are taken; it takes no part then
    public boolean join(CallId call, Peer peer, Speaker speaker) {
        var conversation = byCall.computeIfAbsent(call, this::begin);
        if (!legs.hear(peer.session(), call)) {
            return false;
        }
        conversation.join(peer, speaker);
        return true;
    }

    public void leave(CallId call, SessionId who) {
        @Nullable Conversation conversation = byCall.get(call);
        legs.unhear(who, call);
        if (conversation != null) {
            conversation.leave(who);
        }
    }

    public void request(CallId call, FloorInput.Request request, long receivedNanos) {
        @Nullable Conversation conversation = byCall.get(call);
        if (conversation != null) {
            conversation.request(request, receivedNanos);
        }
    }

    public void release(CallId call, SessionId who) {
        @Nullable Conversation conversation = byCall.get(call);
        if (conversation != null) {
            conversation.release(who);
        }
    }

    /// A private call is over.
    public void end(CallId call) {
        @Nullable Conversation conversation = byCall.remove(call);
        if (conversation != null) {
            conversation.end();
        }
    }

    /// Who talks there now, as a newcomer is shown it.
    public Optional<Floor> floorOf(CallId call) {
        return Optional.ofNullable(byCall.get(call))
                .flatMap(Conversation::talk)
                .map(talk -> new Floor(Conversation.shown(talk.talker()), true, talk.since()));
    }

    /// Packets of this microphone arrive at the relay.
    public void mediaFrom(SourceId source) {
        for (var talk : talking.getOrDefault(source, List.of())) {
            talk.conversation().mediaFrom(talk.who());
        }
    }

    @Override
    public void gateOpened(Conversation conversation, Peer talker, long epoch) {
        var call = conversation.call();
        var source = Sources.microphone(talker);
        var stands = bus.floors().take(call, epoch, talker.session(), bus.self());
        if (!isOurs(stands, talker, epoch)) {
            LOG.warn("floor of {} is held elsewhere: {}", call, stands);
            return;
        }
        talking.computeIfAbsent(source, _ -> new CopyOnWriteArrayList<>())
                .add(new Talking(conversation, talker.session()));
        legs.hush(talker.session(), call, true);
        relay.giveFloor(Sources.channel(call), source, epoch, nanoClock.getAsLong());
        note(JournalKind.FLOOR_GRANTED, call, talker.person().user().id(), Map.of());
    }

    @Override
    public void gateClosed(Conversation conversation, SessionId talker, long epoch) {
        var call = conversation.call();
        relay.clearFloor(Sources.channel(call), epoch);
        legs.hush(talker, call, false);
        bus.floors().free(call, epoch);
        talking.values()
                .removeIf(talks -> {
                    talks.remove(new Talking(conversation, talker));
                    return talks.isEmpty();
                });
        note(JournalKind.FLOOR_FREED, call, null, Map.of("session", talker.value()));
    }

    @Override
    public void granted(Conversation conversation, Peer talker, long pressedNanos) {
        grantNanos.accept(nanoClock.getAsLong() - pressedNanos);
    }

    @Override
    public void denied(Conversation conversation, SessionId asker, int cause) {
        note(JournalKind.FLOOR_DENIED, conversation.call(), null, detail(asker, cause));
    }

    @Override
    public void revoked(Conversation conversation, SessionId talker, int cause) {
        note(JournalKind.FLOOR_REVOKED, conversation.call(), null, detail(talker, cause));
    }

    @Override
    public void wakeAt(Conversation conversation, long atNanos) {
        long delay = Math.max(0, atNanos - nanoClock.getAsLong());
        var unused = timer.schedule(conversation::wake, delay, TimeUnit.NANOSECONDS);
    }

    @Override
    public long epochOf(CallId call) {
        return bus.floors().at(call).map(FloorHolder::epoch).orElse(0L);
    }

    @Override
    public void ended(Conversation conversation) {
        relay.closeChannel(Sources.channel(conversation.call()));
        bus.floors().forget(conversation.call());
    }

    private Conversation begin(CallId call) {
        relay.openChannel(Sources.channel(call));
        return new Conversation(call, this, clock, nanoClock);
    }

    private boolean isOurs(FloorHolder stands, Peer talker, long epoch) {
        return stands.epoch() == epoch
                && talker.session().equals(stands.holder())
                && stands.member().equals(bus.self());
    }

    private void note(
            JournalKind kind, CallId call, @Nullable UserId actor, Map<String, String> detail) {
        chronicle.note(
                new Happening(
                        clock.instant(), kind, actor, null, List.of(Subject.of(call)), detail));
    }

    private static Map<String, String> detail(SessionId who, int cause) {
        return Map.of("session", who.value(), "cause", Integer.toString(cause));
    }
}
