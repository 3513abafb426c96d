package org.maplebridge.signaling.security;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.store.SessionToken;

/// Whom this node has recognised by the record before, for the time in which the record is away:
/// people who lose their connection then come back all the same. Whoever was met last is kept.
///
/// Pure. Thread: any, guarded by this.
final class Acquaintances {
    private static final float FULL = 0.75f;

    private final Map<String, SessionToken> byHash;

    Acquaintances(int most) {
        byHash =
                new LinkedHashMap<>(16, FULL, true) {
                    private static final long serialVersionUID = 1;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<String, SessionToken> eldest) {
                        return size() > most;
                    }
                };
    }

    synchronized void met(SessionToken token) {
        byHash.put(token.tokenHash(), token);
    }

    /// The record knows it no longer.
    synchronized void forget(String hash) {
        byHash.remove(hash);
    }

    synchronized Optional<SessionToken> known(String hash, Instant now) {
        @Nullable SessionToken token = byHash.get(hash);
        return Optional.ofNullable(token).filter(found -> found.expiresAt().isAfter(now));
    }
}
