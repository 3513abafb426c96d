package org.maplebridge.signaling.scene;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.media.api.SourceId;

/// One burst of talk, from its grant on.
///
/// @param id of the burst
/// @param channel what it is heard from
/// @param call under which the talker spoke: a group or a private call
/// @param calls all under which it is heard; more than one while groups are joined
/// @param epoch of the grant
/// @param audience who takes part at its beginning, the talker not among them
/// @param order what is said is this order
public record Speech(
        String id,
        SourceId channel,
        CallId call,
        List<CallId> calls,
        long epoch,
        Peer talker,
        Severity tier,
        Instant since,
        List<Peer> audience,
        @Nullable SpokenOrder order) {
    public Speech {
        calls = List.copyOf(calls);
        audience = List.copyOf(audience);
    }

    /// What the order key asked for.
    public record SpokenOrder(OrderId order, Severity severity) {}

    /// Keeps what was said. Must return at once.
    public interface Log {
        void began(Speech speech);

        /// @param endedAt when the gate closed
        void ended(Speech speech, Instant endedAt);
    }
}
