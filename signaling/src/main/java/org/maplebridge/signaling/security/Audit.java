package org.maplebridge.signaling.security;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.AuditStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down who looked, listened and signed in, before they may.
///
/// Thread: any.
public final class Audit {
    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

    private final AuditStore store;
    private final InstantSource clock;

    public Audit(AuditStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    public void write(AuditEntry entry) throws RecordUnavailable {
        store.append(entry);
    }

    /// Something begins that has to be answered for: without the record it may not.
    public void begin(AuditEntry.Kind kind, String who, String subject, Map<String, String> detail)
            throws RecordUnavailable {
        store.append(now(kind, who, subject, detail));
    }

    /// Several at once: all or none may begin.
    public void begin(List<AuditEntry> entries) throws RecordUnavailable {
        if (!entries.isEmpty()) {
            store.append(entries);
        }
    }

    public AuditEntry now(
            AuditEntry.Kind kind, String who, String subject, Map<String, String> detail) {
        return new AuditEntry(clock.instant(), kind, who, subject, "", detail);
    }

    /// Something ended; that is so whether the record answers or not.
    public void end(AuditEntry.Kind kind, String who, String subject, Map<String, String> detail) {
        try {
            store.append(now(kind, who, subject, detail));
        } catch (RecordUnavailable e) {
            LOG.error("not in the audit: {} {} {}", kind, who, subject, e);
        }
    }

    public void end(List<AuditEntry> entries) {
        try {
            begin(entries);
        } catch (RecordUnavailable e) {
            LOG.error("not in the audit: {}", entries, e);
        }
    }
}
