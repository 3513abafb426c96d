package org.maplebridge.dispatch.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;

/// A message to somebody who reported a matter: that it is closed, and with what result. One for
/// each number and closure.
///
/// @param id stays the same however often it is tried, so that whoever carries it can tell
/// @param node who was responsible when it was closed
/// @param number of the incident, as people call it
/// @param receipt by which they may rate it; absent when they did not report by a page
/// @param nextTryAt not before this
/// @param text as it was sent; absent while it was not
/// @param failure why the last try failed
public record OutgoingMessage(
        String id,
        IncidentId incident,
        NodeId node,
        String number,
        String phone,
        String result,
        @Nullable String receipt,
        Instant createdAt,
        State state,
        int attempts,
        Instant nextTryAt,
        @Nullable Instant sentAt,
        @Nullable String text,
        @Nullable String failure) {
    public static final int MAX_FAILURE_CHARS = 200;

    /// Stored by name.
    public enum State {
        WAITING,
        SENT,
        /// Given up after many tries.
        FAILED
    }

    /// A telephone number is nobody's business by accident in a log.
    @Override
    public String toString() {
        return "OutgoingMessage[" + id + ", " + state + "]";
    }
}
