package org.maplebridge.dispatch.floor;

import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.Severity;

/// What a floor tells the participants, the relay and its own clock, in this order.
public sealed interface FloorOutput {
    /// Whom something is told.
    sealed interface Audience {
        record One(SessionId who) implements Audience {}

        record AllBut(SessionId who) implements Audience {}

        record All() implements Audience {}
    }

    /// To the relay: carry this one's voice. Never while another gate of the call is open.
    record GateOpened(SessionId who, long epoch) implements FloorOutput {}

    /// To the relay: carry it no longer.
    record GateClosed(SessionId who, long epoch) implements FloorOutput {}

    /// You may speak.
    ///
    /// @param leftNanos until the floor is taken away
    record Granted(SessionId to, long epoch, long leftNanos, int priority, Severity tier)
            implements FloorOutput {}

    record Denied(SessionId to, DenyCause cause) implements FloorOutput {}

    /// Somebody speaks. Whether a listener may ask for the floor: [Floor#mayRequest].
    record Taken(Audience to, SessionId talker, long epoch, Severity tier, long sinceNanos)
            implements FloorOutput {}

    /// Nobody speaks.
    record Idle(Audience to) implements FloorOutput {}

    /// Stop speaking.
    record Revoked(SessionId to, RevokeCause cause, long epoch) implements FloorOutput {}

    /// You wait.
    ///
    /// @param position 1 is next
    record Queued(SessionId to, int position, int size, int priority) implements FloorOutput {}

    record CallTierChanged(Severity tier) implements FloorOutput {}

    /// To the call's control: nobody has wanted the floor for T4.
    record Inactive() implements FloorOutput {}

    /// To the call's control: the floor is closed for good.
    record Ended() implements FloorOutput {}

    /// Come back with [FloorInput.Wake] at this time; replaces what was said before.
    record WakeAt(long atNanos, FloorTimer timer) implements FloorOutput {}
}
