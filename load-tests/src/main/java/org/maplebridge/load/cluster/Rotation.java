package org.maplebridge.load.cluster;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.maplebridge.load.county.Handheld;

/// Talkers of one group who speak in turn, each as soon as the one before is done. Who is not there
/// is left out.
///
/// Thread: one of its own.
public final class Rotation implements AutoCloseable {
    private static final long TALK_NANOS = TimeUnit.MILLISECONDS.toNanos(600);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(60);
    private static final long ANSWER_MILLIS = 1_000;

    private final String group;
    private final List<Traveller> talkers;
    private final List<Double> waitedMillis = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile int granted;
    private volatile int unanswered;

    public Rotation(String group, List<Traveller> talkers) {
        this.group = group;
        this.talkers = List.copyOf(talkers);
        thread = Thread.startVirtualThread(this::run);
    }

    private void run() {
        for (int turn = 0; !closed; turn = (turn + 1) % talkers.size()) {
            talkers.get(turn).now().ifPresent(this::speak);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void speak(Handheld talker) {
        var press = talker.press(group);
        switch (press.await(ANSWER_MILLIS).orElse(null)) {
            case Handheld.Verdict.Granted(long nanos) -> {
                waitedMillis.add(nanos / 1e6);
                granted++;
                LockSupport.parkNanos(TALK_NANOS);
            }
            case null -> unanswered++;
            default -> {}
        }
        talker.release(group);
    }

    /// From each press to its grant, since asked last.
    public List<Double> takeWaited() {
        var all = List.copyOf(waitedMillis);
        waitedMillis.removeAll(all);
        return all;
    }

    public int granted() {
        return granted;
    }

    public int unanswered() {
        return unanswered;
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
