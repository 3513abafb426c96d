package org.maplebridge.dispatch.store;

import java.time.Instant;
import java.util.List;

/// Who watched and heard what, and who signed in. Append-only.
public interface AuditStore {
    void append(AuditEntry entry) throws RecordUnavailable;

    /// All or none, in this order.
    void append(List<AuditEntry> entries) throws RecordUnavailable;

    /// @param who empty for everybody
    /// @param subject empty for everything
    /// @return newest first, within `[from, until)`
    List<AuditEntry> find(String who, String subject, Instant from, Instant until, int limit)
            throws RecordUnavailable;
}
