package org.maplebridge.media.record;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.maplebridge.media.api.RecordingId;
import org.maplebridge.media.api.RecordingPlan;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.RelayEvents;
import org.maplebridge.media.api.SourceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes all recordings of sources of a node, one thread for all. Packets come by reference
/// through a ring of bounded length: a disk that stalls costs packets of recordings, and never
/// holds up a media loop. Making files, bringing them to the disk meanwhile and at their end is
/// done by a thread each, so that it costs the others nothing.
///
/// Thread: [#begin] and [#stop] any; everything else its own thread, which sleeps while nothing is
/// being recorded.
public final class SourceRecorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceRecorder.class);

    /// Fifty pictures of 2 Mbit/s through a stall of more than two seconds; 50 MB at most.
    static final int MOST_WAITING = 32_768;

    /// Each holds up to a block in memory.
    static final int MOST_OPEN = 256;

    private static final long LOOK_NANOS = 50_000_000L;
    private static final long CLOSE_MILLIS = 5_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int KEY_BYTES = 32;

    /// What the thread is told beside what comes through the ring.
    private sealed interface Step {
        record Begin(SourceTap tap) implements Step {}

        record Over(SourceTap tap) implements Step {}
    }

    private final RelayEvents events;
    private final Consumer<SourceTap> over;
    private final RecordingStore store;
    private final SecureRandom random = new SecureRandom();
    private final Handover handover = new Handover(MOST_WAITING);
    private final Queue<Step> steps = new ConcurrentLinkedQueue<>();
    private final Map<RecordingId, SourceTap> running = new ConcurrentHashMap<>();
    private final List<SourceTap> open = new ArrayList<>();
    private final Thread thread;
    private final ExecutorService opening;
    private final ExecutorService syncing;
    private final DiskRounds disk;
    private final AtomicInteger files = new AtomicInteger();
    private volatile boolean closed;

    /// @param events hears what becomes of each recording, on this recorder's thread or a media
    ///   loop
    /// @param over hears, on this recorder's thread, which tap may be taken off its source: its
    ///   recording ended, asked for or not
    public SourceRecorder(RecordingStore store, RelayEvents events, Consumer<SourceTap> over) {
        this(store, events, over, DiskRounds.EVERY_NANOS);
    }

    SourceRecorder(
            RecordingStore store,
            RelayEvents events,
            Consumer<SourceTap> over,
            long diskEveryNanos) {
        this.store = store;
        this.events = events;
        this.over = over;
        this.opening = single("recorder-open");
        this.syncing = single("recorder-sync");
        this.disk = new DiskRounds(diskEveryNanos, System.nanoTime());
        this.thread = Thread.ofPlatform().name("recorder").daemon().unstarted(this::run);
    }

    private static ExecutorService single(String name) {
        return Executors.newSingleThreadExecutor(Thread.ofPlatform().name(name).daemon().factory());
    }

    public SourceRecorder start() {
        thread.start();
        return this;
    }

    /// Makes the file, and then has its source tapped. One that is being recorded already changes
    /// nothing.
    ///
    /// @param loops how many media loops will say [#leave] for it
    /// @param opened gets where the source's packets go, on another thread
    public void begin(
            RecordingId id,
            SourceId source,
            RecordingPlan plan,
            int loops,
            Consumer<SourceTap> opened) {
        var recording = new SourceRecording(id, source, plan, store, events);
        var tap = new SourceTap(id, source, events, handover, recording);
        tap.heldBy(loops);
        if (running.containsKey(id)) {
            return;
        }
        if (files.incrementAndGet() > MOST_OPEN) {
            files.decrementAndGet();
            events.on(new RelayEvent.RecordingFailed(id, source, "too-many"));
            events.on(
                    new RelayEvent.RecordingEnded(id, source, plan.file(), 0, 0, 0, "", 0, false));
            return;
        }
        if (running.putIfAbsent(id, tap) != null) {
            files.decrementAndGet();
            return;
        }
        opening.execute(() -> open(tap, opened));
    }

    /// Beside the thread that writes: to make a file takes as long as the disk wishes.
    private void open(SourceTap tap, Consumer<SourceTap> opened) {
        tap.recording().open(System.currentTimeMillis(), this::randomBytes);
        synchronized (running) {
            boolean wanted = running.get(tap.id()) == tap;
            if (wanted) {
                tap.hand();
                opened.accept(tap);
            }
            tell(new Step.Begin(tap));
            if (!wanted) { // stopped meanwhile
                tell(new Step.Over(tap));
            }
        }
    }

    /// @param stopping gets what is to be taken off its source on every loop; it is not called when
    ///   there is no such recording, or none yet
    public void stop(RecordingId id, Consumer<SourceTap> stopping) {
        synchronized (running) {
            SourceTap tap = running.remove(id);
            if (tap != null && tap.handed()) {
                stopping.accept(tap);
            }
        }
    }

    /// A loop hands over nothing any more; after the last one has said so the file is closed.
    public void leave(SourceTap tap) {
        if (tap.leave()) {
            tell(new Step.Over(tap));
        }
    }

    private void tell(Step step) {
        steps.add(step);
        LockSupport.unpark(thread);
    }

    private void run() {
        boolean last = false;
        while (!last) {
            last = closed; // what came before it is still taken
            try {
                look();
            } catch (RuntimeException e) {
                LOG.error("a recording met a bug", e);
            }
            if (!last && open.isEmpty() && steps.isEmpty()) {
                LockSupport.park(this);
            } else if (!last) {
                LockSupport.parkNanos(this, LOOK_NANOS);
            }
        }
        long now = System.nanoTime();
        List.copyOf(open).forEach(tap -> end(tap, now, wallMinusNanos()));
        disk.close();
    }

    private static long wallMinusNanos() {
        return System.currentTimeMillis() * NANOS_PER_MILLI - System.nanoTime();
    }

    private void look() {
        long wall = wallMinusNanos();
        var asked = new ArrayList<SourceTap>(0);
        for (Step step = steps.poll(); step != null; step = steps.poll()) {
            switch (step) {
                case Step.Begin(SourceTap tap) -> open.add(tap);
                case Step.Over(SourceTap tap) -> asked.add(tap);
            }
        }
        drain(wall);
        long now = System.nanoTime();
        for (SourceTap tap : List.copyOf(open)) {
            SourceRecording recording = tap.recording();
            recording.missed(tap.takeMissed(), now);
            recording.write(now, wall);
            if (recording.failed()) {
                end(tap, now, wall);
            }
        }
        asked.forEach(tap -> end(tap, now, wall));
        disk.look(open, now);
    }

    /// As much as waits now: a flood must not keep files from being written.
    private void drain(long wall) {
        for (int i = 0; i < MOST_WAITING && handover.poll(); i++) {
            SourceTap tap = handover.tap();
            Object item = handover.item();
            if (tap == null) {
                continue;
            }
            switch (item) {
                case HeldPacket packet -> {
                    tap.recording().packet(packet, wall);
                    packet.letGo();
                }
                case SourceTap.Note note -> tap.recording().note(note);
                case null, default -> throw new IllegalStateException("nothing of ours");
            }
        }
    }

    private void end(SourceTap tap, long nowNanos, long wall) {
        if (open.remove(tap)) {
            tap.shut();
            running.remove(tap.id(), tap);
            tap.recording().missed(tap.takeMissed(), nowNanos);
            tap.recording().end(nowNanos, wall);
            syncing.execute(() -> sync(tap));
        }
    }

    /// Beside the thread that writes: it waits for the disk, and the others must not.
    private void sync(SourceTap tap) {
        try {
            tap.recording().close();
        } finally {
            files.decrementAndGet();
            over.accept(tap);
        }
    }

    private byte[] randomBytes() {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    /// Ends what is being recorded.
    @Override
    public void close() {
        opening.shutdown();
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_MILLIS);
            syncing.shutdown();
            if (!syncing.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("recordings are not on the disk yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
