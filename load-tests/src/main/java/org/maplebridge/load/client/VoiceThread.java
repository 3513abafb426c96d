package org.maplebridge.load.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.load.kernel.ReceiveTable;
import org.maplebridge.load.measure.DelayHistogram;

/// Runs hundreds of push-to-talk terminals: looks at each every so often, and in between sends what
/// talkers have due, so that a full round delays nobody's voice.
///
/// Thread: its own; others hand it tasks.
final class VoiceThread implements AutoCloseable {
    private static final long ROUND_NANOS = 2_000_000;
    private static final int LOOKS_BETWEEN_SENDING = 16;

    private final List<VoiceTransport> terminals = new ArrayList<>();
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ReceiveTable table = new ReceiveTable();
    private final byte[] room = new byte[ReceiveTable.DATAGRAM_BYTES];
    private final List<Microphone> talking = new ArrayList<>();
    final DelayHistogram relayDelays = new DelayHistogram();
    final DelayHistogram mouthToEar = new DelayHistogram();
    private final Thread thread;
    private volatile boolean running = true;
    private long lateNanos;

    VoiceThread(String name) {
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    /// Runs `task` on this thread, at once.
    void post(Runnable task) {
        tasks.add(task);
        LockSupport.unpark(thread);
    }

    <T> T ask(Supplier<T> question) {
        var answer = new CompletableFuture<T>();
        post(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.join();
    }

    /// Thread: this.
    void add(VoiceTransport terminal) {
        terminals.add(terminal);
    }

    /// Thread: this.
    void remove(VoiceTransport terminal) {
        terminals.remove(terminal);
        @Nullable Microphone microphone = terminal.microphone();
        if (microphone != null) {
            talking.remove(microphone);
        }
    }

    /// Thread: this.
    void talks(Microphone microphone) {
        if (!talking.contains(microphone)) {
            talking.add(microphone);
        }
    }

    /// Furthest that a talker fell behind its plan since asked last. Thread: this.
    long takeLatenessNanos() {
        long worst = lateNanos;
        lateNanos = 0;
        return worst;
    }

    private void run() {
        while (running) {
            obey();
            long roundAt = System.nanoTime() + ROUND_NANOS;
            for (int i = 0; i < terminals.size(); i++) {
                terminals.get(i).look(table, room, System.nanoTime());
                if (i % LOOKS_BETWEEN_SENDING == 0) {
                    obey();
                    send();
                }
            }
            long due = send();
            long wakeAt = due != Long.MAX_VALUE && due - roundAt < 0 ? due : roundAt;
            long pause = wakeAt - System.nanoTime();
            if (pause > 0 && tasks.isEmpty()) {
                LockSupport.parkNanos(pause);
            }
        }
        List.copyOf(terminals).forEach(VoiceTransport::close);
    }

    private void obey() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private long send() {
        long due = Long.MAX_VALUE;
        for (int i = talking.size() - 1; i >= 0; i--) {
            Microphone microphone = talking.get(i);
            long next = microphone.sendDue(System.nanoTime());
            lateNanos = Math.max(lateNanos, microphone.takeLatenessNanos());
            if (next == Long.MAX_VALUE) {
                talking.remove(i);
            } else {
                due = Math.min(due, next);
            }
        }
        return due;
    }

    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
