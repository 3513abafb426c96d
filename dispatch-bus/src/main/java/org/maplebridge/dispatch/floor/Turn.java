package org.maplebridge.dispatch.floor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.floor.FloorOutput.Audience;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.Severity;

/// One step of a floor while it is being taken: the floor as changed so far, and what to say.
///
/// Thread: lives within one call of [FloorControl#step].
final class Turn {
    private final long now;
    private final List<FloorOutput> outputs = new ArrayList<>();
    private Floor floor;

    Turn(Floor floor, long nowNanos) {
        this.floor = floor;
        this.now = nowNanos;
    }

    FloorControl.Step done() {
        askToBeWoken();
        return new FloorControl.Step(floor, List.copyOf(outputs));
    }

    void setUp(SessionId by) {
        if (floor.phase instanceof Phase.Start) {
            floor = floor.withOriginator(by);
            becomeIdle();
        } else {
            tellStateTo(by);
        }
    }

    void setUpTalking(FloorInput.Request first) {
        if (floor.phase instanceof Phase.Start) {
            floor = floor.withOriginator(first.who()).with(idlePhase());
        }
        request(first);
    }

    void join(Speaker speaker) {
        SessionId who = speaker.session();
        Map<SessionId, Speaker> more = new HashMap<>(floor.speakers);
        more.put(who, speaker);
        floor = floor.withSpeakers(Map.copyOf(more));
        if (floor.phase instanceof Phase.Taken(var talk)
                && talk.who().equals(who)
                && speaker.receiveOnly()) {
            revoke(talk, RevokeCause.NO_PERMISSION);
        } else if (floor.queue.contains(who) && speaker.receiveOnly()) {
            dropFromQueue(who);
            say(new FloorOutput.Denied(who, DenyCause.RECEIVE_ONLY));
        } else {
            tellStateTo(who);
        }
    }

    void leave(SessionId who) {
        if (!floor.speakers.containsKey(who)) {
            return;
        }
        Map<SessionId, Speaker> fewer = new HashMap<>(floor.speakers);
        fewer.remove(who);
        floor = floor.withSpeakers(Map.copyOf(fewer));
        dropFromQueue(who);
        if (floor.isTalker(who)) {
            passOn();
        } else if (floor.rules.broadcast() && who.equals(floor.originator)) {
            end();
        } else if (floor.speakers.size() == 1 && floor.phase instanceof Phase.Taken(var talk)) {
            revoke(talk, RevokeCause.ONLY_ONE_PARTICIPANT);
        }
    }

    void request(FloorInput.Request request) {
        SessionId who = request.who();
        @Nullable Speaker speaker = floor.speakers.get(who);
        if (speaker == null || floor.phase instanceof Phase.Start) {
            say(new FloorOutput.Denied(who, DenyCause.OTHER));
        } else if (floor.isTalker(who)) {
            tellStateTo(who);
        } else if (!floor.mayRequest(who)) {
            say(new FloorOutput.Denied(who, DenyCause.RECEIVE_ONLY));
        } else if (floor.speakers.size() < 2) {
            say(new FloorOutput.Denied(who, DenyCause.ONLY_ONE_PARTICIPANT));
        } else {
            contend(who, Rank.of(request, speaker, floor.rules));
        }
    }

    void release(SessionId who) {
        if (floor.isTalker(who)) {
            passOn();
        } else {
            dropFromQueue(who);
            tellStateTo(who);
        }
    }

    void unqueue(SessionId who) {
        if (floor.queue.contains(who)) {
            dropFromQueue(who);
            say(new FloorOutput.Denied(who, DenyCause.OTHER));
        }
    }

    void media(SessionId who) {
        switch (floor.phase) {
            case Phase.Taken(var talk) when talk.who().equals(who) ->
                    floor = floor.with(new Phase.Taken(talk.heard(floor.rules, now)));
            // Forwarded until the grace is over; T3 bounds it, so T1 need not be kept here.
            case Phase.Revoking _, Phase.Taken _, Phase.Start _, Phase.Idle _, Phase.Ended _ -> {}
        }
    }

    void ack(SessionId who) {
        if (floor.phase instanceof Phase.Taken(var talk) && talk.who().equals(who)) {
            floor = floor.with(new Phase.Taken(talk.repeating(FloorTimer.OFF, talk.grantsSent())));
        }
    }

    void callTier(Severity tier) {
        if (tier != floor.callTier) {
            floor = floor.withCallTier(tier);
            say(new FloorOutput.CallTierChanged(tier));
        }
    }

    void end() {
        closeGate();
        floor = floor.with(Queue.EMPTY).with(new Phase.Ended());
        say(new FloorOutput.Ended());
    }

    /// Nobody is listened to any more, but who asks is not left without an answer.
    void afterTheEnd(FloorInput input) {
        if (input instanceof FloorInput.Request(var who, _, _, _)) {
            say(new FloorOutput.Denied(who, DenyCause.OTHER));
        }
    }

    /// Everything that is due, in the order of the deadlines.
    void wake() {
        floor = floor.withWakeAt(FloorTimer.OFF);
        Optional<Deadlines.Next> next = Deadlines.next(floor);
        while (next.isPresent() && FloorTimer.isDue(next.get().atNanos(), now)) {
            expire(next.get().timer());
            next = Deadlines.next(floor);
        }
    }

    /// What a latecomer, or somebody who comes back, has to know.
    void tellStateTo(SessionId who) {
        if (!floor.speakers.containsKey(who)) {
            return;
        }
        switch (floor.phase) {
            case Phase.Idle _ -> say(new FloorOutput.Idle(new Audience.One(who)));
            case Phase.Taken(var talk) when talk.who().equals(who) -> sayGranted(talk);
            case Phase.Revoking revoking when revoking.talk().who().equals(who) ->
                    sayRevoked(revoking.talk(), revoking.cause());
            case Phase.Taken(var talk) -> tellTalkTo(talk, who);
            case Phase.Revoking revoking -> tellTalkTo(revoking.talk(), who);
            case Phase.Start _, Phase.Ended _ -> {}
        }
    }

    private void tellTalkTo(Phase.Talk talk, SessionId who) {
        sayTaken(talk, new Audience.One(who));
        floor.queue.find(who).ifPresent(this::sayPosition);
    }

    private void contend(SessionId who, Rank rank) {
        switch (floor.phase) {
            case Phase.Idle _ -> grant(who, rank, false);
            case Phase.Taken(var talk) when rank.preempts(talk.rank(), floor.callTier) -> {
                putToFront(who, rank);
                revoke(talk, RevokeCause.PRE_EMPTED);
            }
            case Phase.Revoking revoking when beatsWhoComesNext(rank, revoking) ->
                    putToFront(who, rank);
            case Phase.Taken _, Phase.Revoking _ -> enqueue(who, rank);
            case Phase.Start _, Phase.Ended _ -> say(new FloorOutput.Denied(who, DenyCause.OTHER));
        }
    }

    private boolean beatsWhoComesNext(Rank rank, Phase.Revoking revoking) {
        Rank next = floor.queue.front().map(Queue.Entry::rank).orElse(revoking.talk().rank());
        return rank.preempts(next, floor.callTier);
    }

    /// Whoever stood at the front waits like the others, or is denied where nobody waits.
    private void putToFront(SessionId who, Rank rank) {
        Optional<Queue.Entry> former =
                floor.queue.front().filter(entry -> !entry.who().equals(who));
        former.ifPresent(entry -> floor = floor.with(floor.queue.without(entry.who())));
        floor = floor.with(floor.queue.withFront(who, rank));
        former.ifPresent(entry -> enqueue(entry.who(), entry.rank()));
        floor.queue.find(who).ifPresent(this::sayPosition);
    }

    private void enqueue(SessionId who, Rank rank) {
        Optional<Queue.Entry> waiting = floor.queue.find(who);
        if (waiting.isPresent() && (waiting.get().front() || isNotBetter(rank, waiting.get()))) {
            sayPosition(waiting.get());
        } else if (!floor.rules.queueing()) {
            say(new FloorOutput.Denied(who, DenyCause.ANOTHER_TALKS));
        } else if (waiting.isEmpty() && floor.queue.size() >= floor.rules.queueLimit()) {
            say(new FloorOutput.Denied(who, DenyCause.QUEUE_FULL));
        } else {
            changeQueue(floor.queue.with(who, rank));
        }
    }

    private static boolean isNotBetter(Rank rank, Queue.Entry waiting) {
        return !rank.waitsBefore(waiting.rank());
    }

    private void dropFromQueue(SessionId who) {
        changeQueue(floor.queue.without(who));
    }

    /// Tells everybody whose place is another one now.
    private void changeQueue(Queue next) {
        Queue before = floor.queue;
        floor = floor.with(next);
        for (Queue.Entry entry : next.entries()) {
            if (before.positionOf(entry.who()) != next.positionOf(entry.who())) {
                sayPosition(entry);
            }
        }
    }

    private void grant(SessionId who, Rank rank, boolean fromQueue) {
        floor = floor.withEpoch(floor.epoch + 1);
        FloorRules rules = floor.rules;
        long again =
                fromQueue && rules.grantRepeats() > 0
                        ? FloorTimer.after(now, rules.grantRepeatNanos())
                        : FloorTimer.OFF;
        var talk =
                new Phase.Talk(
                        who,
                        rank,
                        floor.epoch,
                        now,
                        FloorTimer.after(now, rules.endOfMediaNanos()),
                        FloorTimer.OFF,
                        again,
                        1);
        floor = floor.with(new Phase.Taken(talk));
        say(new FloorOutput.GateOpened(who, talk.epoch()));
        sayGranted(talk);
        sayTaken(talk, new Audience.AllBut(who));
    }

    private void revoke(Phase.Talk talk, RevokeCause cause) {
        FloorRules rules = floor.rules;
        sayRevoked(talk, cause);
        boolean atOnce = cause == RevokeCause.PRE_EMPTED && rules.cutIn();
        if (atOnce || rules.graceNanos() == 0) {
            passOn();
            return;
        }
        floor =
                floor.with(
                        new Phase.Revoking(
                                talk,
                                cause,
                                FloorTimer.after(now, rules.graceNanos()),
                                FloorTimer.after(now, rules.revokeRepeatNanos())));
    }

    /// The talk is over: the next one in the queue gets the floor, with no idle moment between.
    private void passOn() {
        if (floor.rules.broadcast()) {
            end();
            return;
        }
        closeGate();
        while (!floor.queue.isEmpty()) {
            Queue.Entry head = floor.queue.entries().getFirst();
            if (floor.speakers.size() >= 2) {
                grant(head.who(), head.rank(), true);
                dropFromQueue(head.who());
                return;
            }
            dropFromQueue(head.who());
            say(new FloorOutput.Denied(head.who(), DenyCause.ONLY_ONE_PARTICIPANT));
        }
        becomeIdle();
    }

    private void closeGate() {
        floor.talk().ifPresent(t -> say(new FloorOutput.GateClosed(t.who(), t.epoch())));
    }

    private void becomeIdle() {
        floor = floor.with(idlePhase());
        say(new FloorOutput.Idle(new Audience.All()));
    }

    private Phase.Idle idlePhase() {
        FloorRules rules = floor.rules;
        return new Phase.Idle(
                FloorTimer.after(now, rules.inactivityNanos()),
                idleRepeatAt(rules.idleRepeats()),
                rules.idleRepeats());
    }

    private long idleRepeatAt(int repeatsLeft) {
        return repeatsLeft > 0
                ? FloorTimer.after(now, floor.rules.idleRepeatNanos())
                : FloorTimer.OFF;
    }

    private void expire(FloorTimer timer) {
        switch (floor.phase) {
            case Phase.Idle idle when timer == FloorTimer.T7 -> repeatIdle(idle);
            case Phase.Idle idle -> tellInactive(idle);
            case Phase.Taken(var talk) when timer == FloorTimer.T2 ->
                    revoke(talk, RevokeCause.TALKED_TOO_LONG);
            case Phase.Taken(var talk) when timer == FloorTimer.T20 -> repeatGrant(talk);
            case Phase.Taken _ -> passOn();
            case Phase.Revoking revoking when timer == FloorTimer.T8 -> repeatRevoke(revoking);
            case Phase.Revoking _ -> passOn();
            case Phase.Start _, Phase.Ended _ -> {}
        }
    }

    private void repeatIdle(Phase.Idle idle) {
        int left = idle.repeatsLeft() - 1;
        floor = floor.with(new Phase.Idle(idle.inactiveAtNanos(), idleRepeatAt(left), left));
        say(new FloorOutput.Idle(new Audience.All()));
    }

    private void tellInactive(Phase.Idle idle) {
        long again = FloorTimer.after(now, floor.rules.inactivityNanos());
        floor = floor.with(new Phase.Idle(again, idle.repeatAtNanos(), idle.repeatsLeft()));
        say(new FloorOutput.Inactive());
    }

    private void repeatGrant(Phase.Talk talk) {
        int sent = talk.grantsSent() + 1;
        long again =
                sent < floor.rules.grantRepeats()
                        ? FloorTimer.after(now, floor.rules.grantRepeatNanos())
                        : FloorTimer.OFF;
        floor = floor.with(new Phase.Taken(talk.repeating(again, sent)));
        sayGranted(talk);
    }

    private void repeatRevoke(Phase.Revoking revoking) {
        long again = FloorTimer.after(now, floor.rules.revokeRepeatNanos());
        floor =
                floor.with(
                        new Phase.Revoking(
                                revoking.talk(),
                                revoking.cause(),
                                revoking.graceEndsAtNanos(),
                                again));
        sayRevoked(revoking.talk(), revoking.cause());
    }

    /// Only an earlier deadline is worth a word; a later one is found when the shell comes.
    private void askToBeWoken() {
        Optional<Deadlines.Next> next = Deadlines.next(floor);
        if (next.isPresent() && FloorTimer.isEarlier(next.get().atNanos(), floor.wakeAtNanos)) {
            floor = floor.withWakeAt(next.get().atNanos());
            say(new FloorOutput.WakeAt(next.get().atNanos(), next.get().timer()));
        }
    }

    private void sayGranted(Phase.Talk talk) {
        say(
                new FloorOutput.Granted(
                        talk.who(),
                        talk.epoch(),
                        talk.leftNanos(floor.rules, now),
                        talk.rank().priority(),
                        talk.rank().tier()));
    }

    private void sayTaken(Phase.Talk talk, Audience to) {
        say(
                new FloorOutput.Taken(
                        to, talk.who(), talk.epoch(), talk.rank().tier(), talk.sinceNanos()));
    }

    private void sayRevoked(Phase.Talk talk, RevokeCause cause) {
        say(new FloorOutput.Revoked(talk.who(), cause, talk.epoch()));
    }

    private void sayPosition(Queue.Entry entry) {
        say(
                new FloorOutput.Queued(
                        entry.who(),
                        floor.queue.positionOf(entry.who()),
                        floor.queue.size(),
                        entry.rank().priority()));
    }

    private void say(FloorOutput output) {
        outputs.add(output);
    }
}
