package org.maplebridge.dispatch.call;

import org.maplebridge.dispatch.model.SessionId;

/// What a private call tells those who take part and its own clock.
public sealed interface CallOutput {
    /// It rings here, or, at the caller, over there.
    record Ringing(SessionId to) implements CallOutput {}

    record Opened(SessionId to) implements CallOutput {}

    record Closed(SessionId to, CallEnd cause) implements CallOutput {}

    /// There is nothing to answer or decline for this one (any more).
    record NotRinging(SessionId to) implements CallOutput {}

    record WakeAt(long atNanos) implements CallOutput {}

    /// Why a call is over for somebody.
    enum CallEnd {
        /// They hung up.
        OWN_WISH,
        /// The other side hung up.
        OTHER_SIDE,
        /// Nobody on the other side wanted it, or they did not.
        DECLINED,
        /// It rang for too long.
        NO_ANSWER,
        /// Another device of the same side took it.
        ANSWERED_ELSEWHERE,
        /// The other side was gone for too long.
        LOST
    }
}
