package org.maplebridge.signaling.trace;

import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.media.api.RelayEvent;

/// All joins of this node that are on their way.
///
/// Thread: any; never waits.
public interface Joins {
    /// Costs nothing.
    Joins OFF = new Joins() {};

    /// @param nanos when the request's first byte came
    default Join begin(long nanos) {
        return Join.NONE;
    }

    /// Whether anybody wants to know.
    default boolean areTold() {
        return false;
    }

    /// All that it may see was said to it.
    default void snapshot(SessionId session) {}

    /// The answer to its offer is about to be said.
    default void answered(SessionId session) {}

    /// @param cause the refusal's code
    default void mediaRefused(SessionId session, String cause) {}

    /// The session is over.
    ///
    /// @param cause a word of ours
    default void ended(SessionId session, String cause) {}

    /// @param nanos when the relay told it
    default void heard(RelayEvent event, long nanos) {}

    /// Gives up those that never come to media. Asked every second.
    default void round() {}
}
