package org.maplebridge.dispatch.floor;

import java.util.List;

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
        if (floor.phase instanceof Phase.Ended) {
            turn.afterTheEnd(input);
        } else {
            dispatch(turn, input);
        }
        return turn.done();
    }

    private static void dispatch(Turn turn, FloorInput input) {
        switch (input) {
            case FloorInput.SetUp(var by) -> turn.setUp(by);
            case FloorInput.SetUpTalking(var first) -> turn.setUpTalking(first);
            case FloorInput.Join(var speaker) -> turn.join(speaker);
            case FloorInput.Leave(var who) -> turn.leave(who);
            case FloorInput.Request request -> turn.request(request);
            case FloorInput.Release(var who) -> turn.release(who);
            case FloorInput.Unqueue(var who) -> turn.unqueue(who);
            case FloorInput.AskPosition(var who) -> turn.tellStateTo(who);
            case FloorInput.Media(var who) -> turn.media(who);
            case FloorInput.Ack(var who) -> turn.ack(who);
            case FloorInput.CallTier(var tier) -> turn.callTier(tier);
            case FloorInput.Wake _ -> turn.wake();
            case FloorInput.End _ -> turn.end();
        }
    }
}
