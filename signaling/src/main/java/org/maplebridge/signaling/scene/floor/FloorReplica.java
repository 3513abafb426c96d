package org.maplebridge.signaling.scene.floor;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Speech;
import org.maplebridge.signaling.scene.floor.Participants.Participant;
import org.maplebridge.signaling.scene.floor.Presses.Press;

/// The floor of one conversation as this node follows it: carries events into [FloorControl], and
/// what that answers to this node's people and relay. Decides nothing itself.
///
/// Thread: its conversation's mailbox; `speech`, `tier` and `over` may be read from any.
final class FloorReplica {
    private final Conversation conversation;
    private final FloorEffects effects;
    private final Ordering ordering;
    private final InstantSource clock;
    private final LongSupplier nanoClock;
    private final ConversationWords words = new ConversationWords();
    private final Participants participants = new Participants();
    private final Presses presses = new Presses();
    private final Map<SessionId, CallId> pressedAs = new HashMap<>();
    private Floor floor;
    private long nowNanos;
    private boolean finishing;
    private @Nullable RevokeCause revoked;
    private volatile @Nullable Speech speech;
    private volatile Severity tier = Severity.YELLOW;
    private volatile boolean over;

    FloorReplica(
            Conversation conversation,
            FloorRules rules,
            FloorEffects effects,
            Ordering ordering,
            InstantSource clock,
            LongSupplier nanoClock) {
        this.conversation = conversation;
        this.effects = effects;
        this.ordering = ordering;
        this.clock = clock;
        this.nanoClock = nanoClock;
        floor = Floor.before(rules, 0);
    }

    Participants participants() {
        return participants;
    }

    Presses presses() {
        return presses;
    }

    Floor floor() {
        return floor;
    }

    /// Grants count on from here, if that is more than they did.
    void countOnFrom(long epoch) {
        floor = floor.countingFrom(epoch);
    }

    /// Who talks now, if anybody does.
    @Nullable Speech speech() {
        return speech;
    }

    Severity tier() {
        return tier;
    }

    boolean isOver() {
        return over;
    }

    /// Whether the talker let the key go, and the last words are still on their way.
    boolean isFinishing() {
        return finishing;
    }

    void finish(Speech now) {
        finishing = true;
        effects.finish(conversation, now);
    }

    void goOn(Speech now, Press press) {
        finishing = false;
        effects.goOn(conversation, now, press.pressedNanos());
    }

    /// Tells this node's talker to stop, because another conversation takes over.
    void tellOff(SessionId talker) {
        revoked = RevokeCause.OTHER;
        participants.tell(talker, words.revoked(asPressed(talker), RevokeCause.OTHER.number()));
    }

    /// The key that was pressed makes nothing heard any more.
    void giveUp(SessionId who) {
        presses.take(who)
                .flatMap(press -> Optional.ofNullable(press.order()))
                .ifPresent(order -> participants.tell(who, order.nothingSaid()));
    }

    /// Does what comes next in the order that all follow.
    ///
    /// @param atNanos by the clock of who decides
    void apply(FloorEvent event, long atNanos) {
        nowNanos = atNanos;
        switch (event) {
            case FloorEvent.Entered(var peer, var speaker, var as, var setsUp) -> {
                participants.add(peer, speaker, as);
                step(new FloorInput.Join(speaker));
                if (setsUp) {
                    step(new FloorInput.SetUp(peer.session()));
                }
                if (peer.isHere() && !ordering.decides() && tier != Severity.YELLOW) {
                    // Was shown the call before we heard how it stands, perhaps.
                    tellTier(new Audience.One(peer.session()));
                }
                effects.cameIn(conversation, peer, speech);
            }
            case FloorEvent.Left(var who, var as) -> {
                if (participants.leaves(who, as)) {
                    drop(who);
                }
            }
            case FloorEvent.Gone(var who) -> drop(who);
            case FloorEvent.Pressed(var request, var as) -> {
                if (speech == null || !speech.talker().session().equals(request.who())) {
                    pressedAs.put(request.who(), as);
                }
                step(request);
            }
            case FloorEvent.Raised(var to, var by) -> {
                words.raisedBy(by);
                step(new FloorInput.CallTier(to));
            }
            case FloorEvent.Happened(var input) -> step(input);
        }
    }

    private void drop(SessionId who) {
        step(new FloorInput.Leave(who));
        giveUp(who);
        pressedAs.remove(who);
        participants.remove(who);
    }

    private void step(FloorInput input) {
        var step = FloorControl.step(floor, input, nowNanos);
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
            case FloorOutput.Idle(var to) -> participants.tellAll(to, words::idle);
            case FloorOutput.Revoked(var to, var cause, _) -> revoke(to, cause);
            case FloorOutput.Queued queued -> {
                var to = queued.to();
                participants.tell(to, words.queued(asPressed(to), queued));
                presses.waits(to);
            }
            case FloorOutput.WakeAt(var atNanos, _) -> wakeIn(atNanos - ordering.nowNanos());
            case FloorOutput.Ended() -> {
                over = true;
                presses.who().forEach(this::giveUp);
                effects.ended(conversation);
                ordering.ended();
            }
            case FloorOutput.CallTierChanged(var next) -> {
                tier = next;
                effects.raised(conversation, next);
                tellTier(new Audience.All());
            }
            case FloorOutput.Inactive _ -> {}
        }
    }

    private void tellTier(Audience to) {
        Severity now = tier;
        participants.tellAll(to, call -> words.tier(call, now));
    }

    private void wakeIn(long nanos) {
        if (ordering.decides()) {
            effects.wakeIn(conversation, Math.max(0, nanos));
        }
    }

    private void open(SessionId who, long epoch) {
        @Nullable Participant talker = participants.of(who).orElse(null);
        if (talker == null) {
            return;
        }
        @Nullable Press press = presses.of(who).orElse(null);
        var call = asPressed(who);
        var calls = new LinkedHashSet<CallId>(Set.of(call));
        var audience = new ArrayList<Peer>();
        for (var there : participants.all()) {
            calls.addAll(there.calls());
            if (there != talker) {
                audience.add(there.peer());
            }
        }
        var at = clock.instant();
        long here = nanoClock.getAsLong();
        var begun =
                new Speech(
                        UUID.randomUUID().toString(),
                        conversation.channel(),
                        call,
                        List.copyOf(calls),
                        epoch,
                        talker.peer(),
                        floor.talkTier().orElse(Severity.YELLOW),
                        floor.talkPriority().orElse(0),
                        press != null && press.waited(),
                        press == null ? at : at.minusNanos(here - press.pressedNanos()),
                        at,
                        audience,
                        press == null ? null : press.order());
        finishing = false;
        revoked = null;
        speech = begun;
        effects.gateOpened(conversation, begun, press == null ? here : press.heardFromNanos());
    }

    private void close(FloorInput input) {
        close(finishing ? BurstEnd.RELEASED : Speech.endOf(input, revoked));
    }

    private void close(BurstEnd end) {
        @Nullable Speech ended = speech;
        speech = null;
        finishing = false;
        if (ended != null) {
            pressedAs.remove(ended.talker().session());
            effects.gateClosed(conversation, ended, end);
        }
    }

    private void revoke(SessionId to, RevokeCause cause) {
        @Nullable Speech now = speech;
        if (now != null && now.talker().session().equals(to)) {
            revoked = cause;
        }
        participants.tell(to, words.revoked(asPressed(to), cause.number()));
        if (participants.isHere(to)) {
            effects.revoked(conversation, to, cause.number());
        }
    }

    private void grant(FloorOutput.Granted granted) {
        var to = granted.to();
        participants.tell(to, words.granted(asPressed(to), granted));
        presses.take(to)
                .ifPresent(press -> effects.granted(nanoClock.getAsLong() - press.pressedNanos()));
    }

    private void deny(SessionId to, int cause) {
        @Nullable Speech now = speech;
        participants.tell(
                to, words.denied(asPressed(to), cause, now == null ? null : now.talker().name()));
        giveUp(to);
        pressedAs.remove(to);
        if (participants.isHere(to)) {
            effects.denied(conversation, to, cause);
        }
    }

    private void tellTaken(Audience to) {
        @Nullable Speech now = speech;
        if (now == null) {
            return;
        }
        for (var there : participants.audience(to)) {
            boolean mayRequest = floor.mayRequest(there.peer().session());
            there.calls().forEach(call -> there.peer().send(words.taken(call, now, mayRequest)));
        }
    }

    /// The call this one spoke or asked under.
    private CallId asPressed(SessionId who) {
        @Nullable CallId pressed = pressedAs.get(who);
        if (pressed != null) {
            return pressed;
        }
        @Nullable Speech now = speech;
        if (now != null && now.talker().session().equals(who)) {
            return now.call();
        }
        return participants
                .of(who)
                .flatMap(there -> there.calls().stream().findFirst())
                .orElse(conversation.id());
    }

    /// Takes what the deciding node says stands, in place of what was followed until now. Who talks
    /// goes on if that is so there too; whatever differs is told. What this node's people wanted
    /// meanwhile is asked again.
    ///
    /// @param there who takes part as far as the deciding node knows
    void adopt(Floor theirs, List<FloorEvent.Entered> there, long atNanos) {
        nowNanos = atNanos;
        @Nullable Speech before = speech;
        boolean goesOn =
                before != null
                        && theirs.talker().filter(before.talker().session()::equals).isPresent()
                        && theirs.talkEpoch() == before.epoch();
        if (before != null && !goesOn) {
            revoked = RevokeCause.OTHER;
            revoke(before.talker().session(), RevokeCause.OTHER);
            close(BurstEnd.OTHER);
        }
        if (floor.epoch() > theirs.talkEpoch() && !goesOn) {
            effects.forgetGrants(conversation);
        }
        floor = theirs;
        boolean raised = theirs.callTier() != tier;
        tier = theirs.callTier();
        effects.raised(conversation, tier);
        if (raised) {
            tellTier(new Audience.All());
        }
        participants.elsewhere().forEach(gone -> participants.remove(gone.peer().session()));
        for (var one : there) {
            if (!one.peer().isHere()) {
                participants.add(one.peer(), one.speaker(), one.as());
            } else if (!participants.isHere(one.peer().session())) {
                ordering.happened(new FloorEvent.Gone(one.peer().session()));
            }
        }
        if (!goesOn) {
            theirs.talker().ifPresent(who -> open(who, theirs.talkEpoch()));
        }
        for (var here : participants.here()) {
            rejoin(here, there);
        }
        for (var press : presses.all()) {
            var who = press.asked().who();
            if (!theirs.queued().contains(who) && theirs.talker().filter(who::equals).isEmpty()) {
                ordering.happened(new FloorEvent.Pressed(press.asked(), press.call()));
            }
        }
    }

    private void rejoin(Participant here, List<FloorEvent.Entered> there) {
        var who = here.peer().session();
        for (var call : here.calls()) {
            var entered = new FloorEvent.Entered(here.peer(), here.speaker(), call, true);
            if (there.stream()
                    .noneMatch(e -> e.peer().session().equals(who) && e.as().equals(call))) {
                ordering.happened(entered);
            }
        }
        var told = FloorControl.step(floor, new FloorInput.AskPosition(who), nowNanos);
        told.outputs().forEach(output -> carryOut(output, new FloorInput.AskPosition(who)));
    }
}
