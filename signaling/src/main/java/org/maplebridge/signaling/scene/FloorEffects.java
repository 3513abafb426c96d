package org.maplebridge.signaling.scene;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.burst.BurstEnd;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.FloorHolder;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.media.api.SourceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What floors do outside of their participants: the ways to relay, bus, journal and clock.
///
/// Thread: any; each conversation calls from its own mailbox.
public final class FloorEffects implements Conversation.Effects {
    private static final Logger LOG = LoggerFactory.getLogger(FloorEffects.class);

    /// Words said this long before the server heard of the key, because the media were faster.
    private static final long EARLY_NANOS = 2_000_000_000L;

    private record Talking(Conversation conversation, SessionId who) {}

    private final MediaRelay relay;
    private final Legs legs;
    private final Microphones microphones;
    private final DispatchBus bus;
    private final Chronicle chronicle;
    private final Speech.Log log;
    private final ScheduledExecutorService timer;
    private final InstantSource clock;
    private final LongSupplier nanoClock;
    private final LongConsumer grantNanos;
    private final Map<SourceId, Conversation> byChannel = new ConcurrentHashMap<>();
    private final Map<SourceId, List<Talking>> talking = new ConcurrentHashMap<>();
    private volatile Consumer<CallId> ended = _ -> {};

    /// @param log keeps what is said
    /// @param grantNanos hears how long each press of a key waited for its grant
    public FloorEffects(
            MediaRelay relay,
            Legs legs,
            Microphones microphones,
            DispatchBus bus,
            Chronicle chronicle,
            Speech.Log log,
            ScheduledExecutorService timer,
            InstantSource clock,
            LongSupplier nanoClock,
            LongConsumer grantNanos) {
        this.relay = relay;
        this.legs = legs;
        this.microphones = microphones;
        this.bus = bus;
        this.chronicle = chronicle;
        this.log = log;
        this.timer = timer;
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.grantNanos = grantNanos;
    }

    /// @param listener hears which conversation's floor closed for good
    void tellEnded(Consumer<CallId> listener) {
        ended = listener;
    }

    void begin(Conversation conversation) {
        byChannel.put(conversation.channel(), conversation);
        relay.openChannel(conversation.channel());
    }

    /// Packets of this microphone arrive at the relay.
    void mediaFrom(SourceId source) {
        var talks = talking.getOrDefault(source, List.of());
        for (var talk : talks) {
            talk.conversation().mediaFrom(talk.who());
        }
        if (talks.isEmpty()) {
            microphones.mediaFrom(source);
        }
    }

    void finished(SourceId channel, long epoch) {
        @Nullable Conversation conversation = byChannel.get(channel);
        if (conversation != null) {
            conversation.finished(epoch);
        }
    }

    @Override
    public void gateOpened(Conversation conversation, Speech speech, long pressedNanos) {
        var talker = speech.talker();
        var stands =
                bus.floors().take(conversation.id(), speech.epoch(), talker.session(), bus.self());
        if (!isOurs(stands, talker, speech.epoch())) {
            LOG.warn("floor of {} is held elsewhere: {}", conversation.id(), stands);
            return;
        }
        var source = Sources.microphone(talker);
        talking.computeIfAbsent(source, _ -> new CopyOnWriteArrayList<>())
                .add(new Talking(conversation, talker.session()));
        speech.calls().forEach(call -> legs.hush(talker.session(), call, true));
        long since = heardFrom(conversation, speech, pressedNanos);
        microphones.permit(talker.session(), Microphones.Reason.TALK, conversation.id().value());
        log.began(speech);
        relay.giveFloor(conversation.channel(), source, speech.epoch(), since);
        note(
                JournalKind.FLOOR_GRANTED,
                conversation.id(),
                talker.person().user().id(),
                Map.of("burst", speech.id(), "tier", speech.tier().name()));
    }

    /// A microphone that was closed until the key went down carries nothing that is not meant to be
    /// heard, so its first words count even if they came before the key's message.
    private long heardFrom(Conversation conversation, Speech speech, long pressedNanos) {
        if (pressedNanos == Conversation.WAITED) {
            return nanoClock.getAsLong();
        }
        boolean open =
                microphones.isOpenBeside(speech.talker().session(), conversation.id().value());
        return open ? pressedNanos : pressedNanos - EARLY_NANOS;
    }

    @Override
    public void finish(Conversation conversation, Speech speech) {
        relay.finishFloor(conversation.channel(), speech.epoch());
    }

    @Override
    public void goOn(Conversation conversation, Speech speech, long pressedNanos) {
        relay.giveFloor(
                conversation.channel(),
                Sources.microphone(speech.talker()),
                speech.epoch(),
                pressedNanos);
    }

    @Override
    public void gateClosed(Conversation conversation, Speech speech, BurstEnd end) {
        var talker = speech.talker().session();
        relay.clearFloor(conversation.channel(), speech.epoch());
        speech.calls().forEach(call -> legs.hush(talker, call, false));
        bus.floors().free(conversation.id(), speech.epoch());
        talking.values()
                .removeIf(talks -> {
                    talks.remove(new Talking(conversation, talker));
                    return talks.isEmpty();
                });
        microphones.forbid(talker, Microphones.Reason.TALK, conversation.id().value());
        log.ended(speech, clock.instant(), end);
        note(
                JournalKind.FLOOR_FREED,
                conversation.id(),
                null,
                Map.of("session", talker.value(), "burst", speech.id()));
    }

    @Override
    public void granted(Conversation conversation, Peer talker, long waitedNanos) {
        grantNanos.accept(waitedNanos);
    }

    @Override
    public void denied(Conversation conversation, SessionId asker, int cause) {
        note(JournalKind.FLOOR_DENIED, conversation.id(), null, detail(asker, cause));
    }

    @Override
    public void revoked(Conversation conversation, SessionId talker, int cause) {
        note(JournalKind.FLOOR_REVOKED, conversation.id(), null, detail(talker, cause));
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
        byChannel.remove(conversation.channel(), conversation);
        relay.closeChannel(conversation.channel());
        bus.floors().forget(conversation.id());
        ended.accept(conversation.id());
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
