package org.maplebridge.load.incidents;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.maplebridge.load.county.Handheld;
import org.maplebridge.load.county.NodeDoor;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.Device;
import org.maplebridge.signaling.protocol.IncidentNews.IncidentChanged;
import org.maplebridge.signaling.protocol.ServerMessage;

/// A dispatcher at a console: a session that hears the news, and a page that asks for the inbox,
/// for one incident and for a word, one after the other without a long pause.
///
/// Thread: one of its own asks; what it hears comes on the session's.
final class ConsoleSeat implements AutoCloseable {
    private static final long PAUSE_NANOS = 100_000_000;
    private static final long PING_NANOS = 10_000_000_000L;

    private final Handheld session;
    private final RestDoor rest;
    private final Map<String, Long> heardNanos = new ConcurrentHashMap<>();
    private final Map<String, List<Double>> waits = new LinkedHashMap<>();
    private final Thread thread;
    private volatile String fault = "";
    private volatile boolean closed;

    ConsoleSeat(NodeDoor door, URI uri, String account, String password) throws IOException {
        var token = door.signIn(account, password);
        rest = new RestDoor(uri, token);
        session =
                Handheld.arrive(
                        door, account, token, Device.CONSOLE, (message, at) -> hear(message, at));
        thread = Thread.ofPlatform().name("console").start(this::work);
    }

    private void hear(ServerMessage message, long atNanos) {
        if (message instanceof IncidentChanged changed) {
            heardNanos.putIfAbsent(changed.id(), atNanos);
        }
    }

    private void work() {
        long pinged = System.nanoTime();
        try {
            while (!closed) {
                var ids = ask("inbox", "/api/incidents?state=open&limit=100").ids();
                ask("details", "/api/incidents/" + ids.getFirst());
                ask("timeline", "/api/incidents/" + ids.getFirst() + "/timeline?limit=500");
                ask("search", "/api/incidents?state=open&limit=100&q=%E7%83%9F%E6%84%9F%20" + 17);
                if (System.nanoTime() - pinged > PING_NANOS) {
                    session.signalling().ping();
                    pinged = System.nanoTime();
                }
            }
        } catch (IOException e) {
            fault = "the console got no answer: " + e;
        }
    }

    private RestDoor.Reply ask(String what, String path) throws IOException {
        var reply = rest.get(path);
        if (!reply.isOk()) {
            throw new IOException(path + " was answered by " + reply.status());
        }
        synchronized (waits) {
            waits.computeIfAbsent(what, _ -> new ArrayList<>()).add(reply.nanos() / 1e6);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
        return reply;
    }

    /// In milliseconds, of everything that was asked since this was asked for last.
    Map<String, List<Double>> takeWaits() {
        synchronized (waits) {
            var taken = new LinkedHashMap<>(waits);
            waits.clear();
            return taken;
        }
    }

    /// When it heard of each incident.
    Map<String, Long> heardNanos() {
        return Map.copyOf(heardNanos);
    }

    /// What went wrong with it; empty when nothing did.
    String fault() {
        return fault.isEmpty() && !session.signalling().isOpen()
                ? "the console's session was closed by " + session.signalling().closeCode()
                : fault;
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
        session.close();
        rest.close();
    }
}
