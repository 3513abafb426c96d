package org.maplebridge.load.cluster;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.maplebridge.load.county.Handheld;
import org.maplebridge.load.measure.WallClock;

/// Talkers of one group who speak in turn, each as soon as the one before is done. Who is not there
/// is left out.
///
/// Thread: one of its own.
public final class Rotation implements AutoCloseable {
    private static final int SHORTEST_MILLIS = 400;
    private static final int LONGEST_MILLIS = 800;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(60);
    private static final long ANSWER_MILLIS = 1_000;

    private final String group;
    private final List<Traveller> talkers;
    private final History history;
    private final SplittableRandom random;
    private final List<Double> waitedMillis = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile int granted;
    private volatile int unanswered;

    /// @param seed decides how long each talk is
    public Rotation(String group, List<Traveller> talkers, History history, long seed) {
        this.group = group;
        this.history = history;
        random = new SplittableRandom(seed);
        this.talkers = List.copyOf(talkers);
        thread = Thread.startVirtualThread(this::run);
    }

    private void run() {
        for (int turn = 0; !closed; turn = (turn + 1) % talkers.size()) {
            var talker = talkers.get(turn);
            talker.now().ifPresent(there -> speak(there, talker.at()));
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void speak(Handheld talker, int node) {
        var press = talker.press(group);
        switch (press.await(ANSWER_MILLIS).orElse(null)) {
            case Handheld.Verdict.Granted(long nanos) -> {
                waitedMillis.add(nanos / 1e6);
                granted++;
                long grantedNanos = WallClock.nanos();
                int millis = random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
                boolean whole = talker.isPressed(group) && talker.signalling().isOpen();
                history.talked(
                        new Event.Talked(
                                talker.account(),
                                group,
                                press.burst(),
                                node,
                                grantedNanos,
                                WallClock.nanos(),
                                whole));
            }
            case null -> {
                unanswered++;
                history.notGranted(talker.account(), group, "no answer");
            }
            case Handheld.Verdict other ->
                    history.notGranted(talker.account(), group, other.toString());
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
