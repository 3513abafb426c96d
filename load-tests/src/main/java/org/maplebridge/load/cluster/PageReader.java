package org.maplebridge.load.cluster;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.maplebridge.load.county.NodeDoor;
import org.maplebridge.load.measure.WallClock;

/// Somebody who reads the same page of the REST interface again and again, and what is answered.
///
/// Thread: one of its own.
public final class PageReader implements AutoCloseable {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final History history;
    private final NodeDoor door;
    private final int node;
    private final String path;
    private final String token;
    private final Thread thread;
    private volatile boolean closed;

    public PageReader(History history, Nodes nodes, int node, String account, String path)
            throws IOException {
        this.history = history;
        this.node = node;
        this.path = path;
        door = new NodeDoor(nodes.node(node).uri());
        token = door.signIn(account, nodes.password());
        thread = Thread.startVirtualThread(this::run);
    }

    private void run() {
        while (!closed) {
            long asked = WallClock.nanos();
            var verdict = verdict();
            history.read(new Event.Read(node, path, verdict, asked, WallClock.nanos()));
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private String verdict() {
        try {
            return door.verdict(path, token);
        } catch (IOException e) {
            return "none";
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
        door.close();
    }
}
