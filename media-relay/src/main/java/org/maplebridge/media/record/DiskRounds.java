package org.maplebridge.media.record;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/// Brings what has been written to the disk every few seconds, so that a power cut costs no more
/// than that. A thread of its own waits for the disk; while it waits nothing is begun anew.
///
/// Thread: [#look] and [#close] the recorder's; the rest its own.
final class DiskRounds implements AutoCloseable {
    static final long EVERY_NANOS = 3_000_000_000L;

    private final ExecutorService waiting =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("recorder-disk").daemon().factory());
    private final AtomicBoolean busy = new AtomicBoolean();
    private final long everyNanos;
    private long lastNanos;

    DiskRounds(long everyNanos, long nowNanos) {
        this.everyNanos = everyNanos;
        this.lastNanos = nowNanos;
    }

    /// To be called often.
    void look(List<SourceTap> open, long nowNanos) {
        if (nowNanos - lastNanos < everyNanos || !busy.compareAndSet(false, true)) {
            return;
        }
        lastNanos = nowNanos;
        var grown =
                open.stream().map(SourceTap::recording).filter(SourceRecording::takeGrown).toList();
        if (grown.isEmpty()) {
            busy.set(false);
        } else {
            waiting.execute(() -> bring(grown));
        }
    }

    private void bring(List<SourceRecording> grown) {
        try {
            for (SourceRecording recording : grown) {
                try {
                    recording.force();
                } catch (IOException e) {
                    recording.lost(e);
                }
            }
        } finally {
            busy.set(false);
        }
    }

    @Override
    public void close() {
        waiting.shutdown();
    }
}
