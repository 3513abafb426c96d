package org.maplebridge.dispatch.floor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.maplebridge.dispatch.floor.FloorOutput.Audience;
import org.maplebridge.dispatch.model.SessionId;

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

    Floor floor() {
        return floor;
    }

    FloorControl.Step done() {
        askToBeWoken();
        return new FloorControl.Step(floor, List.copyOf(outputs));
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

    void contend(SessionId who, Rank rank) {
        switch (floor.phase) {
            case Phase.Idle _ -> grant(who, rank, false);
            case Phase.Taken(var talk) when rank.preempts(talk.rank(), floor.callTier) ->
                    preempt(talk, who, rank);
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

    private void preempt(Phase.Talk talk, SessionId who, Rank rank) {
        if (floor.rules.cutIn() || floor.rules.graceNanos() == 0) {
            sayRevoked(talk, RevokeCause.PRE_EMPTED);
            closeGate();
            dropFromQueue(who);
            grant(who, rank, false);
        } else {
            putToFront(who, rank);
            revoke(talk, RevokeCause.PRE_EMPTED);
        }
    }

    /// Whoever stood at the front waits like the others, or is denied where nobody waits.
    private void putToFront(SessionId who, Rank rank) {
        Optional<Queue.Entry> former =
                floor.queue.front().filter(entry -> !entry.who().equals(who));
        Queue rest = former.map(entry -> floor.queue.without(entry.who())).orElse(floor.queue);
        moveTo(who, rest.withFront(who, rank));
        former.ifPresent(entry -> enqueue(entry.who(), entry.rank()));
    }

    private void enqueue(SessionId who, Rank rank) {
        Optional<Queue.Entry> waiting = floor.queue.find(who);
        if (waiting.isPresent() && (waiting.get().front() || isNotBetter(rank, waiting.get()))) {
            sayPosition(waiting.get());
        } else if (!floor.rules.queueing()) {
            say(new FloorOutput.Denied(who, DenyCause.ANOTHER_TALKS));
        } else if (waiting.isEmpty() && floor.queue.ordinary() >= floor.rules.queueLimit()) {
            say(new FloorOutput.Denied(who, DenyCause.QUEUE_FULL));
        } else {
            moveTo(who, floor.queue.with(who, rank));
        }
    }

    /// Tells this one their place even if it is the one they had.
    private void moveTo(SessionId who, Queue next) {
        boolean stays = floor.queue.positionOf(who) == next.positionOf(who);
        changeQueue(next);
        if (stays) {
            floor.queue.find(who).ifPresent(this::sayPosition);
        }
    }

    private static boolean isNotBetter(Rank rank, Queue.Entry waiting) {
        return !rank.waitsBefore(waiting.rank());
    }

    void dropFromQueue(SessionId who) {
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

    void grant(SessionId who, Rank rank, boolean fromQueue) {
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

    void revoke(Phase.Talk talk, RevokeCause cause) {
        FloorRules rules = floor.rules;
        sayRevoked(talk, cause);
        if (rules.graceNanos() == 0) {
            passOn();
            return;
        }
        long graceEnds = FloorTimer.after(now, rules.graceNanos());
        long again = FloorTimer.after(now, rules.revokeRepeatNanos());
        floor = floor.with(new Phase.Revoking(talk, cause, graceEnds, again));
    }

    /// The talk is over: the next one in the queue gets the floor, with no idle moment between.
    void passOn() {
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

    /// The call is over; nothing moves this floor any more.
    void end() {
        closeGate();
        floor = floor.with(Queue.EMPTY).with(new Phase.Ended());
        say(new FloorOutput.Ended());
    }

    void change(Floor next) {
        floor = next;
    }

    private void closeGate() {
        floor.talk().ifPresent(t -> say(new FloorOutput.GateClosed(t.who(), t.epoch())));
    }

    void becomeIdle() {
        floor = floor.with(idlePhase());
        say(new FloorOutput.Idle(new Audience.All()));
    }

    Phase.Idle idlePhase() {
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

    void say(FloorOutput output) {
        outputs.add(output);
    }
}
