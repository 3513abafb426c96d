package org.maplebridge.signaling.scene;

import java.util.ArrayList;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.store.JournalStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes into the journal what must not wait for it: who talked when, who was live. While the
/// record does not answer, the newest entries are kept back up to a bound, then counted as lost.
///
/// Thread: one virtual thread writes; [#note] may be called from any and never waits.
public final class Chronicle implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Chronicle.class);
    private static final int MAX_WAITING = 20_000;
    private static final int BATCH = 200;
    private static final long RETRY_MILLIS = 1_000;
    private static final long IDLE_MILLIS = 200;

    private final JournalStore journal;
    private final ArrayBlockingQueue<Happening> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final LongAdder lost = new LongAdder();
    private final Thread writer;
    private volatile boolean closing;

    public Chronicle(JournalStore journal) {
        this.journal = journal;
        writer = Thread.ofVirtual().name("chronicle").start(this::write);
    }

    public void note(Happening happening) {
        if (!waiting.offer(happening)) {
            lost.increment();
        }
    }

    public long lost() {
        return lost.sum();
    }

    /// Writes what is waiting, as far as the record answers.
    @Override
    public void close() {
        closing = true;
        try {
            writer.join(2 * RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        var batch = new ArrayList<Happening>();
        try {
            while (!closing || !waiting.isEmpty()) {
                @Nullable Happening first = waiting.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, BATCH - 1);
                    append(batch);
                }
            }
        } catch (InterruptedException e) {
            LOG.error("{} journal entries are lost", batch.size() + waiting.size(), e);
        }
    }

    private void append(ArrayList<Happening> batch) throws InterruptedException {
        boolean told = false;
        while (!batch.isEmpty()) {
            try {
                journal.append(batch);
                batch.clear();
            } catch (RecordUnavailable e) {
                if (!told) {
                    LOG.warn("journal does not answer; {} entries wait", batch.size(), e);
                    told = true;
                }
                if (closing) {
                    LOG.error("{} journal entries are lost", batch.size(), e);
                    batch.clear();
                    return;
                }
                Thread.sleep(RETRY_MILLIS);
            }
        }
    }
}
