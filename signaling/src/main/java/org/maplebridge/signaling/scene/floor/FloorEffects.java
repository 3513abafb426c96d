package org.maplebridge.signaling.scene.floor;

import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.scene.Chronicle;
import org.maplebridge.signaling.scene.Legs;
import org.maplebridge.signaling.scene.Microphones;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Sources;
import org.maplebridge.signaling.scene.Speech;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What floors do outside of their participants: the ways to relay, bus, journal and clock.
///
/// Thread: any; each conversation calls from its own mailbox.
public final class FloorEffects {
    private static final Logger LOG = LoggerFactory.getLogger(FloorEffects.class);

    /// Words said this long before the server heard of the key, because the media were faster.
    private static final long EARLY_NANOS = 2_000_000_000L;

    /// Last words that take longer to come from another node are lost with a floor that ends by
    /// them.
    private static final long LAST_WORDS_MILLIS = 1_000;

    private record Talking(Conversation conversation, SessionId who) {}

    private final MediaRelay relay;
    private final Carrying carrying;
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

    /// Channels on which the last words of another node's talker are awaited.
    private final Set<SourceId> lastWords = ConcurrentHashMap.newKeySet();

    /// The last talk of a channel that does not come here.
    ///
    /// @param told who knows
    private record Unheard(long epoch, String reason, Set<SessionId> told) {}

    private final Map<SourceId, Unheard> unheard = new ConcurrentHashMap<>();

    private volatile Watcher watcher = new Watcher() {};

    /// @param log keeps what is said
    /// @param grantNanos hears how long each press of a key waited for its grant
    public FloorEffects(
            MediaRelay relay,
            Carrying carrying,
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
        this.carrying = carrying;
        this.legs = legs;
        this.microphones = microphones;
        this.bus = bus;
        this.chronicle = chronicle;
        this.log = log;
        this.timer = timer;
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.grantNanos = grantNanos;
        carrying.hearOf(this::unheard);
    }

    /// The grant may be known here already, or come later.
    private void unheard(SourceId channel, long epoch, String reason) {
        @Nullable Conversation conversation = byChannel.get(channel);
        if (conversation != null) {
            unheard.compute(
                    channel,
                    (_, known) ->
                            known != null && known.epoch() == epoch
                                    ? known // told again for each newcomer
                                    : new Unheard(epoch, reason, ConcurrentHashMap.newKeySet()));
            conversation.post(() ->
                    conversation.speech().ifPresent(speech -> tellUnheard(conversation, speech)));
        }
    }

    /// Behind what is told of the grant itself.
    private void tellUnheard(Conversation conversation, Speech speech) {
        conversation.present().forEach(there -> tellUnheard(conversation, speech, there.peer()));
    }

    private void tellUnheard(Conversation conversation, Speech speech, Peer peer) {
        @Nullable Unheard known = unheard.get(conversation.channel());
        if (known != null
                && known.epoch() == speech.epoch()
                && peer.isHere()
                && known.told().add(peer.session())) {
            speech.calls()
                    .forEach(call -> peer.send(ConversationWords.unheard(call, known.reason())));
        }
    }

    /// Hears what becomes of conversations, whichever node did it.
    interface Watcher {
        /// The floor closed for good.
        default void ended(CallId conversation) {}

        default void raised(CallId conversation, Severity to) {}
    }

    void tell(Watcher listener) {
        watcher = listener;
    }

    void raised(Conversation conversation, Severity to) {
        watcher.raised(conversation.id(), to);
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

    /// The grants of another node stand, and count from less than those that our relay heard of.
    void forgetGrants(Conversation conversation) {
        relay.closeChannel(conversation.channel());
        relay.openChannel(conversation.channel());
    }

    void finished(SourceId channel, long epoch) {
        @Nullable Conversation conversation = byChannel.get(channel);
        if (conversation != null) {
            conversation.finished(epoch);
        }
        if (lastWords.remove(channel) && conversation != null && conversation.isOver()) {
            closed(conversation);
        }
    }

    /// @param pressedNanos when the request came in, or [Presses#WAITED]; what was said since then
    ///   is to be heard
    void gateOpened(Conversation conversation, Speech speech, long pressedNanos) {
        lastWords.remove(conversation.channel());
        if (conversation.decides() && !takes(conversation, speech)) {
            conversation.isVoid(speech.epoch());
            return;
        }
        if (speech.talker().isHere()) {
            letHear(conversation, speech, pressedNanos);
        } else {
            conversation.post(() -> tellUnheard(conversation, speech));
        }
    }

    /// Notes the grant where it survives this node.
    private boolean takes(Conversation conversation, Speech speech) {
        var talker = speech.talker();
        var stands =
                bus.floors().take(conversation.id(), speech.epoch(), talker.session(), bus.self());
        boolean ours = isOurs(stands, talker, speech.epoch());
        if (!ours) {
            LOG.warn("floor of {} is held elsewhere: {}", conversation.id(), stands);
        }
        return ours;
    }

    private void letHear(Conversation conversation, Speech speech, long pressedNanos) {
        var talker = speech.talker();
        var source = Sources.microphone(talker);
        talking.computeIfAbsent(source, _ -> new CopyOnWriteArrayList<>())
                .add(new Talking(conversation, talker.session()));
        speech.calls().forEach(call -> legs.hush(talker.session(), call, true));
        long since = heardFrom(conversation, speech, pressedNanos);
        microphones.permit(talker.session(), Microphones.Reason.TALK, conversation.id().value());
        log.began(speech);
        carry(conversation, speech, speech.audience());
        relay.giveFloor(conversation.channel(), source, speech.epoch(), since);
        note(
                JournalKind.FLOOR_GRANTED,
                conversation.id(),
                talker.person().user().id(),
                Map.of("burst", speech.id(), "tier", speech.tier().name()));
    }

    private void carry(Conversation conversation, Speech speech, Collection<Peer> audience) {
        var talker = speech.talker();
        carrying.begin(
                conversation.channel(),
                new Carrying.Talker(Sources.microphone(talker), talker.person().user().node()),
                speech.epoch(),
                nodesOf(audience));
    }

    private static Set<MemberId> nodesOf(Collection<Peer> audience) {
        var nodes = new HashSet<MemberId>();
        for (var peer : audience) {
            if (peer instanceof RemotePeer remote) {
                nodes.add(remote.member());
            }
        }
        return nodes;
    }

    /// Somebody takes part from now on.
    ///
    /// @param speech what is being said, if anything is
    void cameIn(Conversation conversation, Peer peer, @Nullable Speech speech) {
        if (speech != null && speech.talker().isHere() && !peer.isHere()) {
            carry(conversation, speech, List.of(peer));
        }
        if (speech != null) {
            conversation.post(() -> tellUnheard(conversation, speech, peer));
        }
    }

    /// A microphone that was closed until the key went down carries nothing that is not meant to be
    /// heard, so its first words count even if they came before the key's message.
    private long heardFrom(Conversation conversation, Speech speech, long pressedNanos) {
        if (pressedNanos == Presses.WAITED) {
            return nanoClock.getAsLong();
        }
        var talker = speech.talker().session();
        boolean open = microphones.isOpenBeside(talker, conversation.id().value());
        return open
                ? pressedNanos
                : Math.min(pressedNanos, microphones.heardFrom(talker, pressedNanos - EARLY_NANOS));
    }

    /// The talker let the key go: closes the gate as soon as the last word is through, and comes
    /// back with [Conversation#finished].
    void finish(Conversation conversation, Speech speech) {
        relay.finishFloor(conversation.channel(), speech.epoch());
    }

    /// The key is pressed again before that.
    ///
    /// @param pressedNanos when the request came in
    void goOn(Conversation conversation, Speech speech, long pressedNanos) {
        relay.giveFloor(
                conversation.channel(),
                Sources.microphone(speech.talker()),
                speech.epoch(),
                pressedNanos);
    }

    void gateClosed(Conversation conversation, Speech speech, BurstEnd end) {
        if (conversation.decides()) {
            bus.floors().free(conversation.id(), speech.epoch());
        }
        if (speech.talker().isHere()) {
            silence(conversation, speech, end);
        } else if (end == BurstEnd.RELEASED) {
            lastWords.add(conversation.channel());
            relay.finishFloor(conversation.channel(), speech.epoch());
        } else {
            relay.clearFloor(conversation.channel(), speech.epoch());
        }
    }

    private void silence(Conversation conversation, Speech speech, BurstEnd end) {
        var talker = speech.talker().session();
        relay.clearFloor(conversation.channel(), speech.epoch());
        carrying.end(conversation.channel(), speech.epoch());
        speech.calls().forEach(call -> legs.hush(talker, call, false));
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

    /// @param waitedNanos from the press to the grant
    void granted(long waitedNanos) {
        grantNanos.accept(waitedNanos);
    }

    void denied(Conversation conversation, SessionId asker, int cause) {
        note(JournalKind.FLOOR_DENIED, conversation.id(), null, detail(asker, cause));
    }

    void revoked(Conversation conversation, SessionId talker, int cause) {
        note(JournalKind.FLOOR_REVOKED, conversation.id(), null, detail(talker, cause));
    }

    void wakeIn(Conversation conversation, long nanos) {
        var unused = timer.schedule(conversation::wake, nanos, TimeUnit.NANOSECONDS);
    }

    /// The highest epoch known of this conversation, perhaps from another node.
    long epochOf(CallId call) {
        return bus.floors().at(call).map(FloorHolder::epoch).orElse(0L);
    }

    /// A floor that ends with a talk of another node, as a broadcast does, still lets its last
    /// words through.
    void ended(Conversation conversation) {
        if (conversation.decides()) {
            bus.floors().forget(conversation.id());
        }
        if (lastWords.contains(conversation.channel())) {
            Runnable late = () -> closed(conversation);
            var unused = timer.schedule(late, LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            closed(conversation);
        }
    }

    private void closed(Conversation conversation) {
        if (byChannel.remove(conversation.channel(), conversation)) {
            lastWords.remove(conversation.channel());
            unheard.remove(conversation.channel());
            relay.closeChannel(conversation.channel());
            watcher.ended(conversation.id());
        }
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
