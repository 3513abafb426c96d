package org.maplebridge.signaling.security;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.AuditStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down who looked, listened and signed in, before they may. What has ended is written down
/// afterwards: while the record does not answer it is kept back, up to a bound, and written when it
/// answers again, with the time at which it was; twice, should an answer have been lost.
///
/// Thread: any; one virtual thread writes what was kept back, while there is any.
public final class Audit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);
    private static final int MAX_WAITING = 20_000;
    private static final int BATCH = 200;

    private final AuditStore store;
    private final InstantSource clock;
    private final Duration pause;
    private final ArrayBlockingQueue<AuditEntry> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final AtomicBoolean catchingUp = new AtomicBoolean();
    private volatile boolean closed;

    public Audit(AuditStore store, InstantSource clock) {
        this(store, clock, Duration.ofSeconds(1));
    }

    /// @param pause between two tries to write what was kept back
    Audit(AuditStore store, InstantSource clock, Duration pause) {
        this.store = store;
        this.clock = clock;
        this.pause = pause;
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
        end(List.of(now(kind, who, subject, detail)));
    }

    public void end(List<AuditEntry> entries) {
        try {
            begin(entries);
        } catch (RecordUnavailable e) {
            LOG.warn(
                    "audit does not answer ({}); {} more entries wait",
                    e.getMessage(),
                    entries.size());
            keepBack(entries);
        }
    }

    /// How many entries the record has not got yet.
    public int waiting() {
        return waiting.size();
    }

    private void keepBack(List<AuditEntry> entries) {
        for (AuditEntry entry : entries) {
            if (!waiting.offer(entry)) {
                LOG.error("not in the audit: {}", entry);
            }
        }
        if (!closed && catchingUp.compareAndSet(false, true)) {
            Thread.ofVirtual().name("audit").start(this::catchUp);
        }
    }

    private void catchUp() {
        try {
            do {
                while (!closed && !waiting.isEmpty()) {
                    Thread.sleep(pause);
                    writeWaiting();
                }
                catchingUp.set(false);
                // Something may have been kept back after the last look.
            } while (!closed && !waiting.isEmpty() && catchingUp.compareAndSet(false, true));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// One batch after the other until the record says no.
    private synchronized void writeWaiting() {
        try {
            while (!waiting.isEmpty()) {
                var batch = new ArrayList<AuditEntry>();
                waiting.stream().limit(BATCH).forEach(batch::add);
                store.append(batch);
                batch.forEach(_ -> waiting.poll());
            }
        } catch (RecordUnavailable e) {
            LOG.debug("audit still does not answer; {} entries wait", waiting.size(), e);
        }
    }

    /// Writes what was kept back, as far as the record answers.
    @Override
    public void close() {
        closed = true;
        writeWaiting();
        waiting.forEach(entry -> LOG.error("not in the audit: {}", entry));
    }
}
