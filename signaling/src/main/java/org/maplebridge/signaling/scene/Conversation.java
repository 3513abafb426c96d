package org.maplebridge.signaling.scene;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.floor.Floor;
import org.maplebridge.dispatch.floor.FloorControl;
import org.maplebridge.dispatch.floor.FloorInput;
import org.maplebridge.dispatch.floor.FloorOutput;
import org.maplebridge.dispatch.floor.FloorOutput.Audience;
import org.maplebridge.dispatch.floor.FloorRules;
import org.maplebridge.dispatch.floor.Speaker;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorDenied;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorGranted;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorIdle;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorQueued;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorRevoked;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorTaken;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.Talker;

/// One group's or private call's floor: carries inputs into [FloorControl] in order, and what it
/// answers to the participants and the relay. Decides nothing itself.
///
/// Thread: its own mailbox; `talk` may be read from any.
final class Conversation {
    /// What the floor needs done outside of its participants.
    interface Effects {
        void gateOpened(Conversation conversation, Peer talker, long epoch);

        void gateClosed(Conversation conversation, SessionId talker, long epoch);

        /// The highest epoch known of this conversation, perhaps from another node.
        long epochOf(CallId call);

        /// @param pressedNanos when the request came in
        void granted(Conversation conversation, Peer talker, long pressedNanos);

        void denied(Conversation conversation, SessionId asker, int cause);

        void revoked(Conversation conversation, SessionId talker, int cause);

        void wakeAt(Conversation conversation, long atNanos);

        void ended(Conversation conversation);
    }

    /// Who talks now.
    record Talk(Peer talker, Instant since) {}

    private final CallId call;
    private final Effects effects;
    private final InstantSource clock;
    private final LongSupplier nanoClock;
    private final Mailbox mailbox;
    private final Map<SessionId, Peer> participants = new HashMap<>();
    private final Map<SessionId, Long> pressedNanos = new HashMap<>();
    private Floor floor;
    private volatile @Nullable Talk talk;

    Conversation(CallId call, Effects effects, InstantSource clock, LongSupplier nanoClock) {
        this.call = call;
        this.effects = effects;
        this.clock = clock;
        this.nanoClock = nanoClock;
        mailbox = new Mailbox("floor " + call);
        floor = Floor.before(FloorRules.standard(), 0);
        mailbox.post(() -> floor = Floor.before(FloorRules.standard(), effects.epochOf(call)));
    }

    CallId call() {
        return call;
    }

    Optional<Talk> talk() {
        return Optional.ofNullable(talk);
    }

    void join(Peer peer, Speaker speaker) {
        mailbox.post(() -> {
            participants.put(peer.session(), peer);
            step(new FloorInput.Join(speaker));
            step(new FloorInput.SetUp(peer.session()));
        });
    }

    void leave(SessionId who) {
        mailbox.post(() -> {
            step(new FloorInput.Leave(who));
            participants.remove(who);
            pressedNanos.remove(who);
        });
    }

    void request(FloorInput.Request request, long receivedNanos) {
        mailbox.post(() -> {
            pressedNanos.putIfAbsent(request.who(), receivedNanos);
            step(request);
        });
    }

    void release(SessionId who) {
        mailbox.post(() -> {
            pressedNanos.remove(who);
            step(new FloorInput.Release(who));
        });
    }

    void mediaFrom(SessionId who) {
        mailbox.post(() -> step(new FloorInput.Media(who)));
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
        step.outputs().forEach(this::carryOut);
    }

    private void carryOut(FloorOutput output) {
        switch (output) {
            case FloorOutput.GateOpened(var who, var epoch) -> open(who, epoch);
            case FloorOutput.GateClosed(var who, var epoch) -> {
                talk = null;
                effects.gateClosed(this, who, epoch);
            }
            case FloorOutput.Granted granted -> grant(granted);
            case FloorOutput.Denied(var to, var cause) -> deny(to, cause.number());
            case FloorOutput.Taken taken -> tellTaken(taken.to());
            case FloorOutput.Idle(var to) -> audience(to).forEach(p -> p.send(idle()));
            case FloorOutput.Revoked(var to, var cause, _) -> {
                tell(to, new FloorRevoked(call.value(), cause.number()));
                effects.revoked(this, to, cause.number());
            }
            case FloorOutput.Queued(var to, var position, var size, _) ->
                    tell(to, new FloorQueued(call.value(), position, size));
            case FloorOutput.WakeAt(var atNanos, _) -> effects.wakeAt(this, atNanos);
            case FloorOutput.Ended() -> effects.ended(this);
            case FloorOutput.CallTierChanged _, FloorOutput.Inactive _ -> {}
        }
    }

    private void open(SessionId who, long epoch) {
        @Nullable Peer talker = participants.get(who);
        if (talker != null) {
            talk = new Talk(talker, clock.instant());
            effects.gateOpened(this, talker, epoch);
        }
    }

    private void grant(FloorOutput.Granted granted) {
        tell(
                granted.to(),
                new FloorGranted(
                        call.value(), granted.leftNanos() / 1_000_000, granted.priority()));
        @Nullable Long pressed = pressedNanos.remove(granted.to());
        @Nullable Peer talker = participants.get(granted.to());
        if (pressed != null && talker != null) {
            effects.granted(this, talker, pressed);
        }
    }

    private void deny(SessionId to, int cause) {
        pressedNanos.remove(to);
        @Nullable Talk now = talk;
        tell(to, new FloorDenied(call.value(), cause, now == null ? null : now.talker().name()));
        effects.denied(this, to, cause);
    }

    private void tellTaken(Audience to) {
        @Nullable Talk now = talk;
        if (now == null) {
            return;
        }
        var talker = shown(now.talker());
        for (var peer : audience(to)) {
            boolean mayRequest = floor.mayRequest(peer.session());
            peer.send(new FloorTaken(call.value(), talker, mayRequest, now.since()));
        }
    }

    static Talker shown(Peer peer) {
        @Nullable String unit = peer.unit().map(Object::toString).orElse(null);
        return new Talker(peer.person().user().id().value(), peer.name(), unit);
    }

    private FloorIdle idle() {
        return new FloorIdle(call.value());
    }

    private void tell(SessionId who, ServerMessage message) {
        @Nullable Peer peer = participants.get(who);
        if (peer != null) {
            peer.send(message);
        }
    }

    private List<Peer> audience(Audience to) {
        return switch (to) {
            case Audience.All() -> List.copyOf(participants.values());
            case Audience.One(var who) ->
                    participants.values().stream().filter(p -> p.session().equals(who)).toList();
            case Audience.AllBut(var who) ->
                    participants.values().stream().filter(p -> !p.session().equals(who)).toList();
        };
    }
}
