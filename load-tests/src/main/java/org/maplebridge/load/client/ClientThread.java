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
    private final long intervalNanos;
    private final List<Terminal> terminals = new ArrayList<>();
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ReceiveTable table = new ReceiveTable();
    private final byte[] room = new byte[ReceiveTable.DATAGRAM_BYTES];
    private final Thread thread;
    private volatile boolean running = true;

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
        return answer;
    }

    private void run() {
        while (running) {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
            long now = System.nanoTime();
            long wakeAt = now + intervalNanos;
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
