package org.maplebridge.load.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.maplebridge.load.kernel.ReceiveTable;

/// Runs many terminals by looking at each in turn every so often.
///
/// Thread: its own; others hand it tasks through [#ask].
final class ClientThread implements AutoCloseable {
    private static final long RESTING_NANOS = 100_000_000;

    private final long intervalNanos;
    private final List<Terminal> terminals = new ArrayList<>();
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ReceiveTable table = new ReceiveTable();
    private final byte[] room = new byte[ReceiveTable.DATAGRAM_BYTES];
    private final Thread thread;
    private volatile boolean running = true;
    private boolean resting;

    ClientThread(String name, long intervalNanos) {
        this.intervalNanos = intervalNanos;
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    /// Runs `question` on this thread with its terminals.
    <T> CompletableFuture<T> ask(Function<List<Terminal>, T> question) {
        var answer = new CompletableFuture<T>();
        tasks.add(() -> {
            try {
                answer.complete(question.apply(terminals));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        LockSupport.unpark(thread);
        return answer;
    }

    /// Whether terminals say nothing by themselves for now; see [Terminal#rest].
    void rest(boolean quiet) {
        boolean unused =
                ask(
                                terminals -> {
                                    resting = quiet;
                                    long now = System.nanoTime();
                                    terminals.forEach(terminal -> terminal.rest(quiet, now));
                                    return quiet;
                                })
                        .join();
    }

    private void run() {
        while (running) {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
            long now = System.nanoTime();
            long wakeAt = now + (resting ? RESTING_NANOS : intervalNanos);
            for (Terminal terminal : terminals) {
                long due = terminal.poll(table, room, now);
                wakeAt = due != Long.MAX_VALUE && due - wakeAt < 0 ? due : wakeAt;
            }
            long pause = wakeAt - System.nanoTime();
            if (pause > 0) {
                LockSupport.parkNanos(pause);
            }
        }
        terminals.forEach(Terminal::close);
    }

    @Override
    public void close() {
        running = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
