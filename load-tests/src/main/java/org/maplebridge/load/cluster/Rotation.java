package org.maplebridge.load.cluster;

import java.io.IOException;
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

    /// Of who talks alone: a key that goes down again sooner goes on with the same talk.
    private static final long BREATH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long QUEUE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long LAST_WORD_NANOS = TimeUnit.MILLISECONDS.toNanos(400);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
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
            talker.now()
                    .ifPresent(there -> {
                        speak(there, talker.at());
                        awaitFree(there);
                    });
            LockSupport.parkNanos(talkers.size() > 1 ? PAUSE_NANOS : BREATH_NANOS);
        }
    }

    /// Until the last word is through and the floor is free, unless somebody else waits for it.
    private void awaitFree(Handheld talker) {
        long until = System.nanoTime() + LAST_WORD_NANOS;
        while (talker.talkerOf(group).isPresent() && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private void speak(Handheld talker, int node) {
        var press = talker.press(group);
        switch (press.await(ANSWER_MILLIS).orElse(null)) {
            case Handheld.Verdict.Granted(long nanos) -> {
                waitedMillis.add(nanos / 1e6);
                talk(talker, node, press.burst());
            }
            case Handheld.Verdict.Queued queued -> {
                if (comesToTurn(talker)) {
                    talk(talker, node, press.burst());
                } else {
                    history.notGranted(talker.account(), group, "waited in vain, " + queued);
                }
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

    /// Somebody else speaks; waits with the key held down.
    private boolean comesToTurn(Handheld talker) {
        long until = System.nanoTime() + QUEUE_NANOS;
        while (System.nanoTime() - until < 0 && talker.isPressed(group)) {
            if (talker.talkerOf(group).filter(talker.account()::equals).isPresent()) {
                return true;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return false;
    }

    private void talk(Handheld talker, int node, int burst) {
        granted++;
        long grantedNanos = WallClock.nanos();
        int millis = random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
        boolean whole = talker.isPressed(group) && talker.signalling().isOpen();
        history.talked(
                new Event.Talked(
                        talker.account(),
                        group,
                        burst,
                        node,
                        grantedNanos,
                        WallClock.nanos(),
                        whole));
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
    public void close() throws IOException {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
