package org.maplebridge.dispatch.call;

import org.maplebridge.dispatch.model.SessionId;

/// What a private call tells those who take part and its own clock.
public sealed interface CallOutput {
    record Opened(SessionId to) implements CallOutput {}

    record Closed(SessionId to, CallEnd cause) implements CallOutput {}

    record WakeAt(long atNanos) implements CallOutput {}

    /// Why a call is over for somebody.
    enum CallEnd {
        /// They hung up.
        OWN_WISH,
        /// The other side hung up.
        OTHER_SIDE,
        /// The other side was gone for too long.
        LOST
    }
}
