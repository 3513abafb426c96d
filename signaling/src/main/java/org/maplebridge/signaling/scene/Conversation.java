package org.maplebridge.signaling.scene;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.burst.BurstEnd;
import org.maplebridge.dispatch.floor.Floor;
import org.maplebridge.dispatch.floor.FloorControl;
import org.maplebridge.dispatch.floor.FloorInput;
import org.maplebridge.dispatch.floor.FloorOutput;
import org.maplebridge.dispatch.floor.FloorOutput.Audience;
import org.maplebridge.dispatch.floor.FloorRules;
import org.maplebridge.dispatch.floor.RevokeCause;
import org.maplebridge.dispatch.floor.Speaker;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.protocol.ServerMessage;

/// One floor and one channel, and who takes part: carries inputs into [FloorControl] in order, and
/// what it answers to the participants and the relay. Decides nothing itself.
///
/// A participant knows it by the calls under which it is heard: usually one, more while groups are
/// joined.
///
/// Thread: its own mailbox; `speech` and `tier` may be read from any.
final class Conversation {
    /// Instead of a press's time: the talker waited in the queue, where nobody speaks.
    static final long WAITED = Long.MIN_VALUE;

    /// What the floor needs done outside of its participants.
    interface Effects {
        /// @param pressedNanos when the request came in, or [#WAITED]; what was said since then is
        ///   to be heard
        void gateOpened(Conversation conversation, Speech speech, long pressedNanos);

        /// The talker let the key go: closes the gate as soon as the last word is through, and
        /// comes back with [#finished].
        void finish(Conversation conversation, Speech speech);

        /// The key is pressed again before that.
        ///
        /// @param pressedNanos when the request came in
        void goOn(Conversation conversation, Speech speech, long pressedNanos);

        void gateClosed(Conversation conversation, Speech speech, BurstEnd end);

        /// The highest epoch known of this conversation, perhaps from another node.
        long epochOf(CallId call);

        /// @param waitedNanos from the press to the grant
        void granted(Conversation conversation, Peer talker, long waitedNanos);

        void denied(Conversation conversation, SessionId asker, int cause);

        void revoked(Conversation conversation, SessionId talker, int cause);

        void wakeAt(Conversation conversation, long atNanos);

        void ended(Conversation conversation);
    }

    /// @param calls under which this one hears it
    private record Participant(Peer peer, Set<CallId> calls) {}

    /// @param heardFromNanos what was said since then belongs to the talk
    private record Press(
            CallId call,
            long pressedNanos,
            long heardFromNanos,
            Speech.@Nullable SpokenOrder order) {}

    private final CallId id;
    private final Effects effects;
    private final InstantSource clock;
    private final LongSupplier nanoClock;
    private final Mailbox mailbox;
    private final ConversationWords words = new ConversationWords();
    private final Map<SessionId, Participant> participants = new HashMap<>();
    private final Map<SessionId, Press> presses = new HashMap<>();
    private Floor floor;
    private boolean finishing;
    private @Nullable RevokeCause revoked;
    private volatile @Nullable Speech speech;
    private volatile Severity tier = Severity.YELLOW;

    Conversation(
            CallId id,
            FloorRules rules,
            Effects effects,
            InstantSource clock,
            LongSupplier nanoClock) {
        this.id = id;
        this.effects = effects;
        this.clock = clock;
        this.nanoClock = nanoClock;
        mailbox = new Mailbox("floor " + id);
        floor = Floor.before(rules, 0);
        mailbox.post(() -> floor = Floor.before(rules, effects.epochOf(id)));
    }

    CallId id() {
        return id;
    }

    SourceId channel() {
        return Sources.channel(id);
    }

    /// Who talks now.
    Optional<Speech> speech() {
        return Optional.ofNullable(speech);
    }

    Severity tier() {
        return tier;
    }

    /// @param as the call under which this one hears it
    void join(Peer peer, Speaker speaker, CallId as) {
        mailbox.post(() -> {
            participants
                    .computeIfAbsent(
                            peer.session(), _ -> new Participant(peer, new LinkedHashSet<>()))
                    .calls()
                    .add(as);
            step(new FloorInput.Join(speaker));
            step(new FloorInput.SetUp(peer.session()));
        });
    }

    /// As [#join], while the call is not set up yet.
    void enter(Peer peer, Speaker speaker, CallId as) {
        mailbox.post(() -> {
            participants.put(
                    peer.session(), new Participant(peer, new LinkedHashSet<>(Set.of(as))));
            step(new FloorInput.Join(speaker));
        });
    }

    void leave(SessionId who, CallId as) {
        mailbox.post(() -> {
            @Nullable Participant there = participants.get(who);
            if (there != null) {
                there.calls().remove(as);
                if (there.calls().isEmpty()) {
                    drop(who);
                }
            }
        });
    }

    /// Everybody leaves at once, because another conversation takes over. Who talks is told to
    /// stop. The other one says nothing before all that is told: "free" of this one behind "talks"
    /// of that one would be taken for its word.
    void vacateFor(Conversation next) {
        vacate();
        next.mailbox.follow(mailbox);
    }

    private void vacate() {
        mailbox.post(() -> {
            @Nullable Speech now = speech;
            turnAway(now == null ? null : now.talker().session());
            if (now != null) {
                revoked = RevokeCause.OTHER;
                tell(now.talker().session(), words.revoked(now.call(), RevokeCause.OTHER.number()));
                drop(now.talker().session());
            }
            for (var who : List.copyOf(participants.keySet())) {
                drop(who);
            }
        });
    }

    /// Who waits is sent away before who talks, or would be granted what ends here.
    private void turnAway(@Nullable SessionId talker) {
        for (var who : List.copyOf(presses.keySet())) {
            if (!who.equals(talker)) {
                step(new FloorInput.Unqueue(who));
            }
        }
    }

    private void drop(SessionId who) {
        step(new FloorInput.Leave(who));
        giveUp(who);
        participants.remove(who);
    }

    /// The key that was pressed makes nothing heard any more.
    private void giveUp(SessionId who) {
        @Nullable Press press = presses.remove(who);
        Speech.@Nullable SpokenOrder order = press == null ? null : press.order();
        if (order != null) {
            tell(who, order.nothingSaid());
        }
    }

    /// @param as the call under which the key is pressed
    void request(
            FloorInput.Request request,
            CallId as,
            long receivedNanos,
            Speech.@Nullable SpokenOrder order) {
        mailbox.post(() -> {
            press(request.who(), new Press(as, receivedNanos, receivedNanos, order));
            step(request);
        });
    }

    /// The call is set up by somebody who speaks at once.
    void openTalking(Peer peer, Speaker speaker, CallId as, FloorInput.Request first) {
        mailbox.post(() -> {
            participants.put(
                    peer.session(), new Participant(peer, new LinkedHashSet<>(Set.of(as))));
            long now = nanoClock.getAsLong();
            press(peer.session(), new Press(as, now, now, null));
            step(new FloorInput.Join(speaker));
            step(new FloorInput.SetUpTalking(first));
        });
    }

    private void press(SessionId who, Press press) {
        @Nullable Speech now = speech;
        if (now == null || !now.talker().session().equals(who)) {
            presses.putIfAbsent(who, press);
        } else if (press.order() != null && !press.order().equals(now.order())) {
            beginAnOrder(who, press);
        } else if (finishing) {
            finishing = false;
            effects.goOn(this, now, press.pressedNanos());
        }
    }

    /// An order is a burst of its own, even right behind another one.
    private void beginAnOrder(SessionId who, Press press) {
        step(new FloorInput.Release(who));
        presses.put(who, press);
    }

    void release(SessionId who) {
        mailbox.post(() -> {
            giveUp(who);
            @Nullable Speech now = speech;
            if (now == null || !now.talker().session().equals(who)) {
                step(new FloorInput.Release(who));
            } else if (!finishing) {
                finishing = true;
                effects.finish(this, now);
            }
        });
    }

    /// The relay carried the last word of this grant.
    void finished(long epoch) {
        mailbox.post(() -> {
            @Nullable Speech now = speech;
            if (finishing && now != null && now.epoch() == epoch) {
                step(new FloorInput.Release(now.talker().session()));
            }
        });
    }

    void mediaFrom(SessionId who) {
        mailbox.post(() -> step(new FloorInput.Media(who)));
    }

    /// Raises or lowers the call as a whole.
    ///
    /// @param by the name of who did it, for those who take part
    void raise(Severity to, @Nullable String by) {
        mailbox.post(() -> {
            words.raisedBy(by);
            step(new FloorInput.CallTier(to));
        });
    }

    void wake() {
        mailbox.post(() -> step(new FloorInput.Wake()));
    }

    void end() {
        mailbox.post(() -> step(new FloorInput.End()));
    }

    private void step(FloorInput input) {
        var step = FloorControl.step(floor, input, nanoClock.getAsLong());
        floor = step.next();
        step.outputs().forEach(output -> carryOut(output, input));
    }

    private void carryOut(FloorOutput output, FloorInput input) {
        switch (output) {
            case FloorOutput.GateOpened(var who, var epoch) -> open(who, epoch);
            case FloorOutput.GateClosed _ -> close(input);
            case FloorOutput.Granted granted -> grant(granted);
            case FloorOutput.Denied(var to, var cause) -> deny(to, cause.number());
            case FloorOutput.Taken taken -> tellTaken(taken.to());
            case FloorOutput.Idle(var to) -> tellAll(to, words::idle);
            case FloorOutput.Revoked(var to, var cause, _) -> revoke(to, cause);
            case FloorOutput.Queued queued -> queue(queued);
            case FloorOutput.WakeAt(var atNanos, _) -> effects.wakeAt(this, atNanos);
            case FloorOutput.Ended() -> {
                List.copyOf(presses.keySet()).forEach(this::giveUp);
                effects.ended(this);
            }
            case FloorOutput.CallTierChanged(var next) -> {
                tier = next;
                tellAll(new Audience.All(), call -> words.tier(call, next));
            }
            case FloorOutput.Inactive _ -> {}
        }
    }

    private void open(SessionId who, long epoch) {
        @Nullable Participant talker = participants.get(who);
        if (talker == null) {
            return;
        }
        @Nullable Press press = presses.get(who);
        var call = press == null ? talker.calls().iterator().next() : press.call();
        var calls = new LinkedHashSet<CallId>(Set.of(call));
        var audience = new ArrayList<Peer>();
        participants.forEach((session, there) -> {
            calls.addAll(there.calls());
            if (!session.equals(who)) {
                audience.add(there.peer());
            }
        });
        var at = clock.instant();
        long nowNanos = nanoClock.getAsLong();
        var begun =
                new Speech(
                        UUID.randomUUID().toString(),
                        channel(),
                        call,
                        List.copyOf(calls),
                        epoch,
                        talker.peer(),
                        floor.talkTier().orElse(Severity.YELLOW),
                        floor.talkPriority().orElse(0),
                        press != null && press.heardFromNanos() == WAITED,
                        press == null ? at : at.minusNanos(nowNanos - press.pressedNanos()),
                        at,
                        audience,
                        press == null ? null : press.order());
        finishing = false;
        revoked = null;
        speech = begun;
        long from = press == null ? nowNanos : press.heardFromNanos();
        effects.gateOpened(this, begun, from);
    }

    private void close(FloorInput input) {
        @Nullable Speech ended = speech;
        var end = finishing ? BurstEnd.RELEASED : Speech.endOf(input, revoked);
        speech = null;
        finishing = false;
        if (ended != null) {
            effects.gateClosed(this, ended, end);
        }
    }

    private void revoke(SessionId to, RevokeCause cause) {
        @Nullable Speech now = speech;
        if (now != null && now.talker().session().equals(to)) {
            revoked = cause;
        }
        tell(to, words.revoked(asPressed(to), cause.number()));
        effects.revoked(this, to, cause.number());
    }

    private void grant(FloorOutput.Granted granted) {
        tell(granted.to(), words.granted(asPressed(granted.to()), granted));
        @Nullable Press press = presses.remove(granted.to());
        @Nullable Participant talker = participants.get(granted.to());
        if (press != null && talker != null) {
            effects.granted(this, talker.peer(), nanoClock.getAsLong() - press.pressedNanos());
        }
    }

    private void deny(SessionId to, int cause) {
        @Nullable Speech now = speech;
        tell(to, words.denied(asPressed(to), cause, now == null ? null : now.talker().name()));
        giveUp(to);
        effects.denied(this, to, cause);
    }

    /// Who waits says nothing meanwhile: the talk begins with the grant.
    private void queue(FloorOutput.Queued queued) {
        tell(queued.to(), words.queued(asPressed(queued.to()), queued));
        presses.computeIfPresent(
                queued.to(),
                (_, press) -> new Press(press.call(), press.pressedNanos(), WAITED, press.order()));
    }

    private void tellTaken(Audience to) {
        @Nullable Speech now = speech;
        if (now == null) {
            return;
        }
        for (var there : audience(to)) {
            boolean mayRequest = floor.mayRequest(there.peer().session());
            there.calls().forEach(call -> there.peer().send(words.taken(call, now, mayRequest)));
        }
    }

    /// The call this one spoke or asked under.
    private CallId asPressed(SessionId who) {
        @Nullable Press press = presses.get(who);
        if (press != null) {
            return press.call();
        }
        @Nullable Speech now = speech;
        if (now != null && now.talker().session().equals(who)) {
            return now.call();
        }
        @Nullable Participant there = participants.get(who);
        return there == null || there.calls().isEmpty() ? id : there.calls().iterator().next();
    }

    private void tell(SessionId who, ServerMessage message) {
        @Nullable Participant there = participants.get(who);
        if (there != null) {
            there.peer().send(message);
        }
    }

    private void tellAll(Audience to, Function<CallId, ServerMessage> message) {
        for (var there : audience(to)) {
            there.calls().forEach(call -> there.peer().send(message.apply(call)));
        }
    }

    private List<Participant> audience(Audience to) {
        return switch (to) {
            case Audience.All() -> List.copyOf(participants.values());
            case Audience.One(var who) -> {
                @Nullable Participant there = participants.get(who);
                yield there == null ? List.of() : List.of(there);
            }
            case Audience.AllBut(var who) ->
                    participants.values().stream()
                            .filter(there -> !there.peer().session().equals(who))
                            .toList();
        };
    }
}
