package org.maplebridge.dispatch.floor;

import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.Severity;

/// What can happen to a floor.
public sealed interface FloorInput {
    /// The call is set up and nobody talks yet.
    record SetUp(SessionId by) implements FloorInput {}

    /// The call is set up by somebody who asks for the floor in the same breath.
    record SetUpTalking(Request first) implements FloorInput {}

    /// Somebody takes part from now on, or comes back, or has other rights than before.
    record Join(Speaker speaker) implements FloorInput {}

    /// Somebody takes part no longer.
    record Leave(SessionId who) implements FloorInput {}

    /// The key is pressed. A repeat is harmless.
    ///
    /// @param override the override key
    record Request(SessionId who, int priority, Severity tier, boolean override)
            implements FloorInput {
        public static Request of(SessionId who) {
            return new Request(who, 0, Severity.YELLOW, false);
        }
    }

    /// The key is let go: ends the own talk or the own waiting.
    record Release(SessionId who) implements FloorInput {}

    /// Somebody with the right to do so takes another one out of the queue.
    record Unqueue(SessionId who) implements FloorInput {}

    /// Somebody who waits wants to know how long the queue is.
    record AskPosition(SessionId who) implements FloorInput {}

    /// Packets of this one's microphone arrived. Need not be told of each packet; several times in
    /// a T1 is enough.
    record Media(SessionId who) implements FloorInput {}

    /// The grant was seen.
    record Ack(SessionId who) implements FloorInput {}

    /// The call as a whole is upgraded or downgraded.
    record CallTier(Severity tier) implements FloorInput {}

    /// The time of the last [FloorOutput.WakeAt] has come. A stray one is harmless.
    record Wake() implements FloorInput {}

    /// The call is over.
    record End() implements FloorInput {}
}
