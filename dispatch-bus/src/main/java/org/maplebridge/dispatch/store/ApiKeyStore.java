package org.maplebridge.dispatch.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keys for machines.
public interface ApiKeyStore {
    void save(ApiKey key) throws RecordUnavailable;

    /// @return the key, a revoked one too: who asks decides by [ApiKey#allows]
    Optional<ApiKey> findByHash(String keyHash) throws RecordUnavailable;

    List<ApiKey> list() throws RecordUnavailable;

    /// @return false when there is no such key
    boolean revoke(String id, Instant at) throws RecordUnavailable;
}
