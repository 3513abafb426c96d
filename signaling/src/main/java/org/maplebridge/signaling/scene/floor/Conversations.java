package org.maplebridge.signaling.scene.floor;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.floor.FloorInput;
import org.maplebridge.dispatch.floor.FloorRules;
import org.maplebridge.dispatch.floor.Speaker;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.Floor;
import org.maplebridge.signaling.scene.Legs;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Speech;
import org.maplebridge.signaling.scene.Words;

/// Who listens to which call, and which conversation serves it: the call's own one, or for a while
/// another one that several groups were joined to, or a broadcast.
///
/// Thread: any, guarded by this; calls [Legs] while it holds its lock.
public final class Conversations implements FloorEffects.Watcher {
    /// Somebody who takes part, and how far their voice reaches.
    public record Talker(Peer peer, Speaker speaker) {}

    /// A call, what serves it now, and who listens.
    private static final class Entry {
        final Conversation own;
        Conversation serving;

        /// What the call was raised to, whoever serves it.
        Severity tier = Severity.YELLOW;

        final Map<SessionId, Talker> members = new LinkedHashMap<>();

        Entry(Conversation own) {
            this.own = own;
            serving = own;
        }
    }

    private final Legs legs;
    private final FloorEffects effects;
    private final Ordering.Source orderings;
    private final InstantSource clock;
    private final LongSupplier nanoClock;
    private final Map<CallId, Entry> byCall = new HashMap<>();
    private final Map<CallId, Overlay> overlays = new HashMap<>();

    /// A conversation that serves the calls of others.
    private record Overlay(Conversation conversation, List<CallId> calls, Runnable ended) {}

    public Conversations(
            Legs legs,
            FloorEffects effects,
            Ordering.Source orderings,
            InstantSource clock,
            LongSupplier nanoClock) {
        this.legs = legs;
        this.effects = effects;
        this.orderings = orderings;
        this.clock = clock;
        this.nanoClock = nanoClock;
        effects.tell(this);
    }

    /// @return false when all of the session's voice slots are taken; it takes no part then
    public synchronized boolean join(CallId call, Peer peer, Speaker speaker) {
        var entry = entry(call);
        boolean heard = legs.hear(peer.session(), call, entry.serving.channel());
        return heard && take(entry, call, new Talker(peer, speaker));
    }

    /// As [#join], for what must be heard at once: when all voice slots are taken, a call that was
    /// only joined is not heard until one is free again.
    public synchronized boolean joinAhead(CallId call, Peer peer, Speaker speaker) {
        var entry = entry(call);
        boolean heard = legs.hearAhead(peer.session(), call, entry.serving.channel());
        return heard && take(entry, call, new Talker(peer, speaker));
    }

    private static boolean take(Entry entry, CallId call, Talker member) {
        entry.members.put(member.peer().session(), member);
        entry.serving.join(member.peer(), member.speaker(), call);
        return true;
    }

    /// Whether this id stands for a conversation already.
    public synchronized boolean isTaken(CallId id) {
        return byCall.containsKey(id) || overlays.containsKey(id);
    }

    public synchronized void leave(CallId call, SessionId who) {
        @Nullable Entry entry = byCall.get(call);
        legs.unhear(who, call);
        if (entry != null && entry.members.remove(who) != null) {
            entry.serving.leave(who, call);
        }
    }

    public void request(
            CallId call,
            FloorInput.Request request,
            long receivedNanos,
            Speech.@Nullable SpokenOrder order) {
        serving(call).ifPresent(c -> c.request(request, call, receivedNanos, order));
    }

    public void release(CallId call, SessionId who) {
        serving(call).ifPresent(conversation -> conversation.release(who));
    }

    /// Raises or lowers the call as a whole. What serves several calls is at the gravest one's.
    ///
    /// @param by the name of who did it
    public synchronized void raise(CallId call, Severity tier, @Nullable String by) {
        @Nullable Entry entry = byCall.get(call);
        if (entry != null) {
            entry.tier = tier;
            align(entry.serving, by);
        }
    }

    /// A group's call, which may be raised before anybody listens.
    public synchronized void raiseGroup(GroupId group, Severity tier, @Nullable String by) {
        var unused = entry(group.asCall());
        raise(group.asCall(), tier, by);
    }

    /// What the call was raised to, on whichever node.
    public synchronized Severity raisedTo(CallId call) {
        @Nullable Entry entry = byCall.get(call);
        return entry == null ? Severity.YELLOW : entry.tier;
    }

    /// As [#align], for a conversation that has just begun: who does not know of a tier must not
    /// lower what another node raised.
    private void alignUp(Conversation begun) {
        if (byCall.values().stream()
                .anyMatch(e -> e.serving == begun && e.tier.isGraverThan(Severity.YELLOW))) {
            align(begun, null);
        }
    }

    private void align(Conversation serving, @Nullable String by) {
        var gravest = Severity.YELLOW;
        for (var entry : byCall.values()) {
            if (entry.serving == serving && entry.tier.isGraverThan(gravest)) {
                gravest = entry.tier;
            }
        }
        serving.raise(gravest, by);
    }

    /// Whether this session listens to the call.
    public synchronized boolean takesPart(CallId call, SessionId who) {
        @Nullable Entry entry = byCall.get(call);
        return entry != null && entry.members.containsKey(who);
    }

    public Severity tierOf(CallId call) {
        return serving(call).map(Conversation::tier).orElse(Severity.YELLOW);
    }

    /// A private call or a group is over.
    public void end(CallId call) {
        @Nullable Conversation own = forget(call);
        if (own != null) {
            own.end();
        }
    }

    private synchronized @Nullable Conversation forget(CallId call) {
        @Nullable Entry entry = byCall.remove(call);
        if (entry == null) {
            return null;
        }
        for (var who : entry.members.keySet()) {
            legs.unhear(who, call);
            entry.serving.leave(who, call);
        }
        return entry.own;
    }

    /// Lets one conversation serve all these calls until [#part]: what is said under one of them is
    /// heard under each.
    ///
    /// @param ended runs once when they are parted
    /// @return false when another one serves one of them already; nothing is changed then
    public synchronized boolean unite(CallId id, List<CallId> calls, Runnable ended) {
        if (!areFree(calls) || overlays.containsKey(id)) {
            return false;
        }
        var together = begin(id, FloorRules.standard());
        overlays.put(id, new Overlay(together, List.copyOf(calls), ended));
        for (var call : calls) {
            var entry = handOver(call, together);
            entry.members.values().forEach(m -> together.join(m.peer(), m.speaker(), call));
        }
        alignUp(together);
        return true;
    }

    /// What became of a wish to speak to all.
    public enum Speaking {
        BEGUN,
        /// The call is joined with others or spoken to already.
        BUSY,
        /// Nobody listens.
        UNHEARD
    }

    /// Lets one participant speak to all who listen to a call, until the talk ends or [#part].
    ///
    /// @param pressedNanos when the request came in
    /// @param elsewhere somebody of another node who listens, to be known from the start
    /// @param ended runs once when it is over
    public synchronized Speaking broadcast(
            CallId id,
            CallId call,
            Talker by,
            FloorInput.Request first,
            long pressedNanos,
            Optional<Talker> elsewhere,
            Runnable ended) {
        if (!areFree(List.of(call)) || overlays.containsKey(id)) {
            return Speaking.BUSY;
        }
        if (elsewhere.isEmpty() && !isHeard(call, by.peer().session())) {
            return Speaking.UNHEARD;
        }
        var broadcast = serveByBroadcast(id, call, by.peer().session(), ended);
        elsewhere.ifPresent(there -> broadcast.enter(there.peer(), there.speaker(), call));
        alignUp(broadcast);
        broadcast.openTalking(by.peer(), by.speaker(), call, first, pressedNanos);
        return Speaking.BEGUN;
    }

    /// Somebody of another node speaks to all who listen to a call, those here too.
    ///
    /// @return false when another conversation serves the call already
    public synchronized boolean hearBroadcast(
            CallId id, CallId call, SessionId by, Runnable ended) {
        boolean free = areFree(List.of(call)) && !overlays.containsKey(id);
        if (free) {
            var unused = serveByBroadcast(id, call, by, ended);
        }
        return free;
    }

    /// Whether anybody here but this one listens to the call.
    public synchronized boolean isHeard(CallId call, SessionId but) {
        return !entry(call).members.keySet().stream().allMatch(but::equals);
    }

    /// Somebody here who listens to the call.
    public synchronized Optional<Peer> listener(CallId call) {
        return entry(call).members.values().stream().map(Talker::peer).findFirst();
    }

    private Conversation serveByBroadcast(CallId id, CallId call, SessionId by, Runnable ended) {
        var broadcast = begin(id, FloorRules.standard().asBroadcast());
        overlays.put(id, new Overlay(broadcast, List.of(call), ended));
        var entry = handOver(call, broadcast);
        entry.members.values().stream()
                .filter(member -> !member.peer().session().equals(by))
                .forEach(member -> broadcast.enter(member.peer(), member.speaker(), call));
        return broadcast;
    }

    /// Every call of a joined conversation or a broadcast is served by its own one again.
    ///
    /// @return false when there is no such overlay
    public synchronized boolean part(CallId id) {
        @Nullable Overlay overlay = overlays.remove(id);
        if (overlay == null) {
            return false;
        }
        for (var call : overlay.calls()) {
            @Nullable Entry entry = byCall.get(call);
            if (entry != null && entry.serving == overlay.conversation()) {
                overlay.conversation().vacateFor(entry.own);
                serve(entry, call, entry.own);
                entry.members.values().forEach(m -> entry.own.join(m.peer(), m.speaker(), call));
                align(entry.own, null);
            }
        }
        overlay.conversation().end();
        overlay.ended().run();
        return true;
    }

    @Override
    public void ended(CallId conversation) {
        part(conversation);
    }

    /// Perhaps by somebody of another node.
    @Override
    public synchronized void raised(CallId conversation, Severity to) {
        @Nullable Overlay overlay = overlays.get(conversation);
        boolean alone = overlay != null && overlay.calls().size() == 1;
        var call = overlay != null && alone ? overlay.calls().getFirst() : conversation;
        @Nullable Entry entry = byCall.get(call);
        if (entry != null && (alone || entry.serving == entry.own)) {
            entry.tier = to;
        }
    }

    private boolean areFree(List<CallId> calls) {
        return calls.stream().map(this::entry).allMatch(entry -> entry.serving == entry.own);
    }

    private Entry handOver(CallId call, Conversation to) {
        var entry = entry(call);
        entry.own.vacateFor(to);
        serve(entry, call, to);
        return entry;
    }

    private void serve(Entry entry, CallId call, Conversation by) {
        entry.serving = by;
        legs.tune(List.copyOf(entry.members.keySet()), call, by.channel());
    }

    /// Who talks there now, as a newcomer is shown it.
    public Optional<Floor> floorOf(CallId call) {
        return serving(call)
                .flatMap(Conversation::speech)
                .map(speech ->
                        new Floor(
                                ConversationWords.shown(speech.talker()),
                                true,
                                Words.severity(speech.tier()),
                                speech.since()));
    }

    /// Packets of this microphone arrive at the relay.
    public void mediaFrom(SourceId source) {
        effects.mediaFrom(source);
    }

    /// The relay carried the last word of this grant.
    public void finished(SourceId channel, long epoch) {
        effects.finished(channel, epoch);
    }

    private synchronized Optional<Conversation> serving(CallId call) {
        return Optional.ofNullable(byCall.get(call)).map(entry -> entry.serving);
    }

    private Entry entry(CallId call) {
        return byCall.computeIfAbsent(call, id -> new Entry(begin(id, FloorRules.standard())));
    }

    private Conversation begin(CallId id, FloorRules rules) {
        var conversation = new Conversation(id, rules, effects, orderings, clock, nanoClock);
        effects.begin(conversation);
        return conversation;
    }
}
