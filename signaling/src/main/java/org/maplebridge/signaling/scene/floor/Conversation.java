package org.maplebridge.signaling.scene.floor;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.floor.Floor;
import org.maplebridge.dispatch.floor.FloorInput;
import org.maplebridge.dispatch.floor.FloorRules;
import org.maplebridge.dispatch.floor.Speaker;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.scene.Mailbox;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Sources;
import org.maplebridge.signaling.scene.Speech;
import org.maplebridge.signaling.scene.floor.Presses.Press;

/// One floor and one channel, and who takes part: carries what happens into [FloorControl] in the
/// order that [Ordering] brings about, and what it answers to the participants and the relay of
/// this node. Decides nothing itself.
///
/// A participant knows it by the calls under which it is heard: usually one, more while groups are
/// joined. Those of other nodes take part as well and are told there.
///
/// Thread: its own mailbox; `speech` and `tier` may be read from any.
public final class Conversation {
    private final CallId id;
    private final FloorRules rules;
    private final Mailbox mailbox;
    private final Ordering ordering;
    private final FloorReplica replica;

    Conversation(
            CallId id,
            FloorRules rules,
            FloorEffects effects,
            Ordering.Source orderings,
            InstantSource clock,
            LongSupplier nanoClock) {
        this.id = id;
        this.rules = rules;
        ordering = orderings.of(this);
        replica = new FloorReplica(this, rules, effects, ordering, clock, nanoClock);
        mailbox = new Mailbox("floor " + id);
        mailbox.post(() -> replica.countOnFrom(effects.epochOf(id)));
    }

    public CallId id() {
        return id;
    }

    public SourceId channel() {
        return Sources.channel(id);
    }

    /// Who talks now.
    Optional<Speech> speech() {
        return Optional.ofNullable(replica.speech());
    }

    Severity tier() {
        return replica.tier();
    }

    /// @param as the call under which this one hears it
    void join(Peer peer, Speaker speaker, CallId as) {
        happens(new FloorEvent.Entered(peer, speaker, as, true));
    }

    /// As [#join], while the call is not set up yet.
    void enter(Peer peer, Speaker speaker, CallId as) {
        happens(new FloorEvent.Entered(peer, speaker, as, false));
    }

    void leave(SessionId who, CallId as) {
        happens(new FloorEvent.Left(who, as));
    }

    private void happens(FloorEvent event) {
        mailbox.post(() -> ordering.happened(event));
    }

    /// Does something in this conversation's order.
    public void post(Runnable task) {
        mailbox.post(task);
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
            var participants = replica.participants();
            @Nullable Speech now = replica.speech();
            @Nullable SessionId talker = now == null ? null : now.talker().session();
            turnAway(talker);
            if (talker != null && participants.isHere(talker)) {
                replica.tellOff(talker);
                ordering.happened(new FloorEvent.Gone(talker));
            }
            for (var there : participants.here()) {
                var who = there.peer().session();
                replica.giveUp(who);
                ordering.happened(new FloorEvent.Gone(who));
                participants.remove(who); // is told nothing more, however late that is decided
            }
        });
    }

    /// Who waits is sent away before who talks, or would be granted what ends here.
    private void turnAway(@Nullable SessionId talker) {
        for (var who : replica.presses().who()) {
            if (!who.equals(talker)) {
                happened(new FloorInput.Unqueue(who));
            }
        }
    }

    /// @param as the call under which the key is pressed
    void request(
            FloorInput.Request request,
            CallId as,
            long receivedNanos,
            Speech.@Nullable SpokenOrder order) {
        mailbox.post(() -> {
            press(request.who(), Press.of(as, receivedNanos, order, request));
            ordering.happened(new FloorEvent.Pressed(request, as));
        });
    }

    /// The call is set up by somebody who speaks at once.
    void openTalking(
            Peer peer, Speaker speaker, CallId as, FloorInput.Request first, long pressedNanos) {
        mailbox.post(() -> {
            press(peer.session(), Press.of(as, pressedNanos, null, first));
            ordering.happened(new FloorEvent.Entered(peer, speaker, as, false));
            happened(new FloorInput.SetUpTalking(first));
        });
    }

    private void press(SessionId who, Press press) {
        @Nullable Speech now = replica.speech();
        if (now == null || !now.talker().session().equals(who)) {
            replica.presses().add(who, press);
        } else if (press.order() != null && !press.order().equals(now.order())) {
            beginAnOrder(who, press);
        } else if (replica.isFinishing()) {
            replica.goOn(now, press);
        }
    }

    /// An order is a burst of its own, even right behind another one.
    private void beginAnOrder(SessionId who, Press press) {
        happened(new FloorInput.Release(who));
        replica.presses().replace(who, press);
    }

    void release(SessionId who) {
        mailbox.post(() -> {
            replica.giveUp(who);
            @Nullable Speech now = replica.speech();
            if (now == null || !now.talker().session().equals(who)) {
                happened(new FloorInput.Release(who));
            } else if (!replica.isFinishing()) {
                replica.finish(now);
            }
        });
    }

    /// The relay carried the last word of this grant.
    void finished(long epoch) {
        mailbox.post(() -> {
            @Nullable Speech now = replica.speech();
            if (replica.isFinishing() && now != null && now.epoch() == epoch) {
                happened(new FloorInput.Release(now.talker().session()));
            }
        });
    }

    void mediaFrom(SessionId who) {
        mailbox.post(() -> happened(new FloorInput.Media(who)));
    }

    /// Raises or lowers the call as a whole.
    ///
    /// @param by the name of who did it, for those who take part
    void raise(Severity to, @Nullable String by) {
        happens(new FloorEvent.Raised(to, by));
    }

    /// The time of a deadline has come.
    public void wake() {
        mailbox.post(() -> {
            if (ordering.decides()) {
                happened(new FloorInput.Wake());
            }
        });
    }

    void end() {
        mailbox.post(() -> happened(new FloorInput.End()));
    }

    /// The registry has a later grant than this one, which nobody hears: perhaps another node
    /// decides by now; if not, the talker has to ask again.
    void isVoid(long epoch) {
        mailbox.post(() -> {
            ordering.lookAgain();
            @Nullable Speech now = replica.speech();
            if (ordering.decides() && now != null && now.epoch() == epoch) {
                happened(new FloorInput.Release(now.talker().session()));
            }
        });
    }

    private void happened(FloorInput input) {
        ordering.happened(new FloorEvent.Happened(input));
    }

    /// Does what comes next in the order that all follow.
    ///
    /// Thread: the mailbox.
    ///
    /// @param atNanos by the clock of who decides
    public void apply(FloorEvent event, long atNanos) {
        replica.apply(event, atNanos);
    }

    /// As [FloorReplica#adopt]. Thread: the mailbox.
    public void adopt(Floor theirs, List<FloorEvent.Entered> there, long atNanos) {
        replica.adopt(theirs, there, atNanos);
    }

    /// Grants count on from here, since another node may have given some that nobody told us of.
    ///
    /// Thread: the mailbox.
    public void countOnFrom(long epoch) {
        replica.countOnFrom(epoch);
    }

    /// Who takes part, here and elsewhere. Thread: the mailbox.
    public List<FloorEvent.Entered> present() {
        return replica.participants().present();
    }

    /// The floor as it stands. Thread: the mailbox.
    public Floor floor() {
        return replica.floor();
    }

    /// Whether nothing moves the floor any more.
    boolean isOver() {
        return replica.isOver();
    }

    public FloorRules rules() {
        return rules;
    }

    /// Whether this node decides about the floor.
    boolean decides() {
        return ordering.decides();
    }
}
