package org.maplebridge.signaling.scene;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.Connection;
import org.maplebridge.dispatch.bus.PresenceRegistry;
import org.maplebridge.dispatch.model.SessionId;

/// The places that this node's sessions have among all nodes.
///
/// A claim may take a second while a dead node is being noticed. Until it is answered the place is
/// somebody else's, and who asks meanwhile which leases were lost must not be told of this one: its
/// session would be ended as taken over by the one that it takes over from.
///
/// Thread: any.
final class Places {
    private final PresenceRegistry registry;
    private final Map<SessionId, Connection> held = new ConcurrentHashMap<>();

    Places(PresenceRegistry registry) {
        this.registry = registry;
    }

    /// Waits for the other nodes.
    ///
    /// @return whose place it was until now
    Optional<Connection> take(Connection connection) {
        var former = registry.claim(connection);
        held.put(connection.session(), connection);
        return former;
    }

    /// @return nothing when the session has no place here
    Optional<Connection> leave(SessionId session) {
        @Nullable Connection connection = held.remove(session);
        if (connection != null) {
            registry.release(connection);
        }
        return Optional.ofNullable(connection);
    }

    /// Keeps the leases of those that are here now: who comes while the registry is being asked is
    /// not asked about.
    ///
    /// @return those whose place somebody else took meanwhile
    List<Connection> renew() {
        return registry.renew(List.copyOf(held.values()));
    }

    Collection<Connection> all() {
        return held.values();
    }
}
