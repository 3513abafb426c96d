package org.maplebridge.media.record;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.maplebridge.media.api.RelayEvents;
import org.maplebridge.media.api.SourceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes all voice recordings of a node, one thread for all. What it is told waits in a queue of
/// bounded length: a disk that stalls costs packets of recordings, and never holds up a media loop.
///
/// Thread: taps any media loop; everything else its own thread, which sleeps while nothing is being
/// recorded.
public final class VoiceRecorder implements TalkRecorder, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VoiceRecorder.class);

    /// A hundred talks at once through a stall of more than a second.
    static final int MOST_WAITING = 8_192;

    private static final long LOOK_NANOS = 100_000_000L;
    private static final long CLOSE_MILLIS = 3_000;

    /// What the thread is told.
    private sealed interface Step {
        record Begin(Recording recording) implements Step {}

        @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
        record Said(Recording recording, long seq, int timestamp, byte[] payload) implements Step {}

        record Over(Recording recording) implements Step {}
    }

    private final RelayEvents events;
    private final Queue<Step> steps = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final List<Recording> open = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    /// @param events hears, on this recorder's thread, what became of each recording
    public VoiceRecorder(RelayEvents events) {
        this.events = events;
        this.thread = Thread.ofPlatform().name("voice").daemon().unstarted(this::run);
    }

    public VoiceRecorder start() {
        thread.start();
        return this;
    }

    @Override
    public TalkTap begin(SourceId channel, long epoch, Path file) {
        var recording = new Recording(channel, epoch, file);
        tell(new Step.Begin(recording));
        return new Tap(recording);
    }

    private final class Tap implements TalkTap {
        private final Recording recording;

        private Tap(Recording recording) {
            this.recording = recording;
        }

        @Override
        public void said(long seq, int timestamp, byte[] payload, int length) {
            if (waiting.get() >= MOST_WAITING) {
                recording.missed();
                return;
            }
            waiting.incrementAndGet();
            byte[] copy = Arrays.copyOf(payload, length);
            steps.add(new Step.Said(recording, seq, timestamp, copy));
        }

        @Override
        public void over() {
            tell(new Step.Over(recording));
        }
    }

    /// Beginnings and ends are few, and none may be missing.
    private void tell(Step step) {
        waiting.incrementAndGet();
        steps.add(step);
        LockSupport.unpark(thread);
    }

    private void run() {
        boolean last = false;
        while (!last) {
            last = closed; // what came before it is still taken
            try {
                look(System.nanoTime());
            } catch (RuntimeException e) {
                LOG.error("a recording met a bug", e);
            }
            if (!last && open.isEmpty()) {
                LockSupport.park(this);
            } else if (!last) {
                LockSupport.parkNanos(this, LOOK_NANOS);
            }
        }
        List.copyOf(open).forEach(this::end);
    }

    private void look(long nowNanos) {
        for (Step step = steps.poll(); step != null; step = steps.poll()) {
            waiting.decrementAndGet();
            switch (step) {
                case Step.Begin(Recording recording) -> {
                    open.add(recording);
                    recording.open();
                }
                case Step.Said(Recording recording, long seq, int timestamp, byte[] payload) ->
                        recording.said(seq, timestamp, payload, nowNanos);
                case Step.Over(Recording recording) -> end(recording);
            }
        }
        open.forEach(recording -> recording.write(nowNanos));
    }

    private void end(Recording recording) {
        open.remove(recording);
        events.on(recording.end());
    }

    /// Ends what is being recorded, as if everybody had fallen silent.
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
