package org.maplebridge.signaling.burst;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.burst.Burst;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.BurstId;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.store.BurstQuery;
import org.maplebridge.dispatch.store.BurstStore;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// A record of bursts in memory that may be away or broken.
///
/// Thread: any.
final class BurstShelf implements BurstStore {
    private final AtomicInteger failures;
    private final List<String> steps;
    private final List<Burst> bursts = new CopyOnWriteArrayList<>();
    private final List<Happening> happenings = new CopyOnWriteArrayList<>();
    private final Set<UnitId> missed = ConcurrentHashMap.newKeySet();
    private final List<Instant> dropped = new CopyOnWriteArrayList<>();
    private final Semaphore answered = new Semaphore(0);
    volatile boolean broken;
    volatile int old;

    /// @param failures how often it does not answer, by all who share it
    BurstShelf(AtomicInteger failures, List<String> steps) {
        this.failures = failures;
        this.steps = steps;
    }

    static void answer(AtomicInteger failures) throws RecordUnavailable {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new RecordUnavailable("away", new IllegalStateException("test"));
        }
    }

    List<Burst> bursts() {
        return bursts;
    }

    List<Happening> happenings() {
        return happenings;
    }

    /// Units that were not there.
    Set<UnitId> missed() {
        return missed;
    }

    List<Instant> dropped() {
        return dropped;
    }

    void awaitCalls(int count) {
        try {
            if (!answered.tryAcquire(count, 20, TimeUnit.SECONDS)) {
                throw new AssertionError("nothing was put on the shelf");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public boolean add(Burst burst, Collection<UnitId> missedBy, Happening happening)
            throws RecordUnavailable {
        answer(failures);
        try {
            if (broken) {
                broken = false;
                throw new IllegalStateException("a row that no table takes");
            }
            steps.add("burst");
            bursts.add(burst);
            missed.addAll(missedBy);
            happenings.add(happening);
            return true;
        } finally {
            answered.release();
        }
    }

    @Override
    public Optional<Burst> find(BurstId id) {
        return bursts.stream().filter(burst -> burst.id().equals(id)).findFirst();
    }

    @Override
    public List<Burst> list(BurstQuery query) {
        return List.copyOf(bursts);
    }

    @Override
    public List<Burst> about(IncidentId incident, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Burst> missed(UnitId unit, Collection<CallId> calls, Instant since, int limit)
            throws RecordUnavailable {
        answer(failures);
        steps.add("missed by %s in %s since %s, %d".formatted(unit, calls, since, limit));
        return List.copyOf(bursts);
    }

    @Override
    public Set<BurstId> heard(@Nullable UnitId unit, Collection<BurstId> of) {
        return Set.of();
    }

    @Override
    public void markHeard(UnitId unit, Collection<BurstId> heard, Instant at) {
        steps.add("%s heard %s".formatted(unit, heard));
    }

    @Override
    public void forgetMissed(Instant before) {
        steps.add("nothing missed before " + before);
    }

    @Override
    public int dropBefore(Instant before, int limit) throws RecordUnavailable {
        answer(failures);
        dropped.add(before);
        int now = Math.min(old, limit);
        old -= now;
        return now;
    }
}
