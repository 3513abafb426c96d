package org.maplebridge.dispatch.floor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.Severity;

/// Decides who may talk in one conversation (after 3GPP TS 24.380 §6.3.4): one talker at a time, a
/// queue for the others, and rank that takes over. The whole table stands in docs/floor.md.
///
/// Pure: no clock, socket, lock or log. Equal state, input and time give an equal step.
public final class FloorControl {
    private FloorControl() {}

    /// @param outputs to be carried out in this order
    public record Step(Floor next, List<FloorOutput> outputs) {}

    public static Step step(Floor floor, FloorInput input, long nowNanos) {
        var turn = new Turn(floor, nowNanos);
        if (floor.isEnded()) {
            afterTheEnd(turn, input);
        } else {
            hear(turn, input, nowNanos);
        }
        return turn.done();
    }

    private static void hear(Turn turn, FloorInput input, long nowNanos) {
        switch (input) {
            case FloorInput.SetUp(var by) -> setUp(turn, by);
            case FloorInput.SetUpTalking(var first) -> setUpTalking(turn, first);
            case FloorInput.Join(var speaker) -> join(turn, speaker);
            case FloorInput.Leave(var who) -> leave(turn, who);
            case FloorInput.Request request -> request(turn, request);
            case FloorInput.Release(var who) -> release(turn, who);
            case FloorInput.Unqueue(var who) -> unqueue(turn, who);
            case FloorInput.AskPosition(var who) -> turn.tellStateTo(who);
            case FloorInput.Media(var who) -> media(turn, who, nowNanos);
            case FloorInput.Ack(var who) -> ack(turn, who);
            case FloorInput.CallTier(var tier) -> callTier(turn, tier);
            case FloorInput.Wake _ -> turn.wake();
            case FloorInput.End _ -> turn.end();
        }
    }

    private static void setUp(Turn turn, SessionId by) {
        if (turn.floor().phase instanceof Phase.Start) {
            turn.change(turn.floor().withOriginator(by));
            turn.becomeIdle();
        } else {
            turn.tellStateTo(by);
        }
    }

    /// With the floor granted at once nobody is told that it was free.
    private static void setUpTalking(Turn turn, FloorInput.Request first) {
        if (!(turn.floor().phase instanceof Phase.Start)) {
            request(turn, first);
            return;
        }
        turn.change(turn.floor().withOriginator(first.who()).with(turn.idlePhase()));
        request(turn, first);
        if (turn.floor().phase instanceof Phase.Idle) {
            turn.becomeIdle();
        }
    }

    private static void join(Turn turn, Speaker speaker) {
        SessionId who = speaker.session();
        Map<SessionId, Speaker> more = new HashMap<>(turn.floor().speakers);
        more.put(who, speaker);
        turn.change(turn.floor().withSpeakers(more));
        boolean waits = turn.floor().queue.contains(who);
        if (speaker.receiveOnly()
                && turn.floor().phase instanceof Phase.Taken(var talk)
                && talk.who().equals(who)) {
            turn.revoke(talk, RevokeCause.NO_PERMISSION);
        } else if (speaker.receiveOnly() && waits) {
            turn.dropFromQueue(who);
            turn.say(new FloorOutput.Denied(who, DenyCause.RECEIVE_ONLY));
        } else {
            turn.tellStateTo(who);
        }
    }

    private static void leave(Turn turn, SessionId who) {
        Floor before = turn.floor();
        if (!before.speakers.containsKey(who)) {
            return;
        }
        Map<SessionId, Speaker> fewer = new HashMap<>(before.speakers);
        fewer.remove(who);
        turn.change(before.withSpeakers(fewer));
        turn.dropFromQueue(who);
        if (before.isTalker(who)) {
            turn.passOn();
        } else if (before.rules.broadcast() && who.equals(before.originator)) {
            turn.end();
        } else if (fewer.size() == 1 && before.phase instanceof Phase.Taken(var talk)) {
            turn.revoke(talk, RevokeCause.ONLY_ONE_PARTICIPANT);
        }
    }

    private static void request(Turn turn, FloorInput.Request request) {
        Floor floor = turn.floor();
        SessionId who = request.who();
        @Nullable Speaker speaker = floor.speakers.get(who);
        if (speaker == null || floor.phase instanceof Phase.Start) {
            turn.say(new FloorOutput.Denied(who, DenyCause.OTHER));
        } else if (floor.isTalker(who)) {
            turn.tellStateTo(who);
        } else if (!floor.mayRequest(who)) {
            turn.say(new FloorOutput.Denied(who, DenyCause.RECEIVE_ONLY));
        } else if (floor.speakers.size() < 2) {
            turn.say(new FloorOutput.Denied(who, DenyCause.ONLY_ONE_PARTICIPANT));
        } else {
            turn.contend(who, Rank.of(request, speaker, floor.rules));
        }
    }

    private static void release(Turn turn, SessionId who) {
        if (turn.floor().isTalker(who)) {
            turn.passOn();
        } else {
            turn.dropFromQueue(who);
            turn.tellStateTo(who);
        }
    }

    private static void unqueue(Turn turn, SessionId who) {
        if (turn.floor().queue.contains(who)) {
            turn.dropFromQueue(who);
            turn.say(new FloorOutput.Denied(who, DenyCause.OTHER));
        }
    }

    /// Only a talker in good standing is listened to. Last words after a revocation are forwarded
    /// until T3, which ends sooner than silence would; what others send is [Microphone]'s business.
    private static void media(Turn turn, SessionId who, long nowNanos) {
        Floor floor = turn.floor();
        if (floor.phase instanceof Phase.Taken(var talk) && talk.who().equals(who)) {
            turn.change(floor.with(new Phase.Taken(talk.heard(floor.rules, nowNanos))));
        }
    }

    private static void ack(Turn turn, SessionId who) {
        Floor floor = turn.floor();
        if (floor.phase instanceof Phase.Taken(var talk) && talk.who().equals(who)) {
            var seen = talk.repeating(FloorTimer.OFF, talk.grantsSent());
            turn.change(floor.with(new Phase.Taken(seen)));
        }
    }

    private static void callTier(Turn turn, Severity tier) {
        if (tier != turn.floor().callTier) {
            turn.change(turn.floor().withCallTier(tier));
            turn.say(new FloorOutput.CallTierChanged(tier));
        }
    }

    /// Nobody is listened to any more, but who asks is not left without an answer.
    private static void afterTheEnd(Turn turn, FloorInput input) {
        if (input instanceof FloorInput.Request(var who, _, _, _)) {
            turn.say(new FloorOutput.Denied(who, DenyCause.OTHER));
        }
    }
}
