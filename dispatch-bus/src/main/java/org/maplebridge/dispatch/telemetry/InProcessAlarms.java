package org.maplebridge.dispatch.telemetry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.maplebridge.dispatch.model.AlarmId;

/// Alarms in this process's memory: what is not acknowledged when the process ends is gone, so that
/// its one consumer should be quick.
///
/// Thread: any, guarded by the lock.
public final class InProcessAlarms implements Alarms {
    private static final int MOST_KNOWN = 100_000;

    /// @param freeAtNanos when somebody else may have it
    private record Open(Alarm alarm, boolean handed, long freeAtNanos) {
        boolean isFree(long nowNanos) {
            return !handed || nowNanos - freeAtNanos >= 0;
        }
    }

    private final long claimAfterNanos;
    private final LongSupplier nanoClock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Map<AlarmId, Open> open = new LinkedHashMap<>();

    /// In the order they were taken, so that the oldest one goes first.
    private final Map<AlarmId, Long> knownUntil = new LinkedHashMap<>();

    public InProcessAlarms(Duration claimAfter, LongSupplier nanoClock) {
        this.claimAfterNanos = claimAfter.toNanos();
        this.nanoClock = nanoClock;
    }

    @Override
    public Intake append(Alarm alarm) {
        lock.lock();
        try {
            forgetOldIds();
            if (knownUntil.containsKey(alarm.id()) || open.containsKey(alarm.id())) {
                return Intake.REPEATED;
            }
            if (open.size() >= MOST_OPEN) {
                return Intake.FULL;
            }
            open.put(alarm.id(), new Open(alarm, false, 0));
            knownUntil.put(alarm.id(), nanoClock.getAsLong() + KNOWN_FOR.toNanos());
            news.signalAll();
            return Intake.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Handed> read(String consumer, int limit, Duration wait)
            throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = wait.toNanos();
            var handed = take(limit);
            while (handed.isEmpty() && left > 0) {
                // what somebody else keeps for too long becomes free without any news
                long nap = Math.min(left, claimAfterNanos);
                left -= nap - Math.max(0, news.awaitNanos(nap));
                handed = take(limit);
            }
            return handed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void acknowledge(Handed handed) {
        lock.lock();
        try {
            open.remove(handed.alarm().id());
        } finally {
            lock.unlock();
        }
    }

    private List<Handed> take(int limit) {
        long now = nanoClock.getAsLong();
        var handed = new ArrayList<Handed>();
        for (var entry : open.entrySet()) {
            if (handed.size() == limit) {
                break;
            }
            if (entry.getValue().isFree(now)) {
                var alarm = entry.getValue().alarm();
                entry.setValue(new Open(alarm, true, now + claimAfterNanos));
                handed.add(new Handed(alarm, alarm.id().value()));
            }
        }
        return handed;
    }

    private void forgetOldIds() {
        long now = nanoClock.getAsLong();
        var oldest = knownUntil.entrySet().iterator();
        while (oldest.hasNext()) {
            boolean over = now - oldest.next().getValue() >= 0;
            if (!over && knownUntil.size() < MOST_KNOWN) {
                return;
            }
            oldest.remove();
        }
    }
}
