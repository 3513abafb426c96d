package org.maplebridge.media.tcp;

import java.util.ArrayDeque;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// What waits for one slow reader: little, and nothing old. A voice that comes seconds late is
/// worse than one with a hole in it, and what is left out tells congestion control what a full
/// network would.
///
/// Pure. Thread: the front's loop.
///
/// @param <T> a datagram
final class Backlog<T> {
    /// A large key frame.
    static final int MOST = 192;

    /// What has waited for longer is of no use to a player by the time it is there.
    static final long WORTH_NANOS = 400_000_000;

    /// What may wait for all slow readers together. Media sockets draw on the same memory.
    ///
    /// Thread: the front's loop.
    static final class Room {
        private int left;

        /// @param datagrams each takes up to 2 KiB
        Room(int datagrams) {
            left = datagrams;
        }
    }

    private record Waiting<T>(T datagram, long sinceNanos) {}

    private final Room room;
    private final BiConsumer<T, TcpLoss> leftOut;
    private final ArrayDeque<Waiting<T>> waiting = new ArrayDeque<>();

    /// @param leftOut takes what is not sent
    Backlog(Room room, BiConsumer<T, TcpLoss> leftOut) {
        this.room = room;
        this.leftOut = leftOut;
    }

    /// Takes one that is to be sent, or leaves it out.
    void add(T datagram, long nowNanos) {
        leaveOutOld(nowNanos);
        if (waiting.size() >= MOST) {
            leftOut.accept(datagram, TcpLoss.SLOW_READER);
        } else if (room.left == 0) {
            leftOut.accept(datagram, TcpLoss.SLOW_READERS);
        } else {
            room.left--;
            waiting.add(new Waiting<>(datagram, nowNanos));
        }
    }

    /// The next that is worth sending; it is the caller's.
    @Nullable T next(long nowNanos) {
        leaveOutOld(nowNanos);
        Waiting<T> next = waiting.poll();
        if (next == null) {
            return null;
        }
        room.left++;
        return next.datagram();
    }

    private void leaveOutOld(long nowNanos) {
        for (Waiting<T> oldest = waiting.peek();
                oldest != null && nowNanos - oldest.sinceNanos() >= WORTH_NANOS;
                oldest = waiting.peek()) {
            leaveOutNext();
        }
    }

    /// The peer is gone: leaves out all that waits.
    void clear() {
        while (!waiting.isEmpty()) {
            leaveOutNext();
        }
    }

    private void leaveOutNext() {
        Waiting<T> next = waiting.remove();
        room.left++;
        leftOut.accept(next.datagram(), TcpLoss.SLOW_READER);
    }

    int size() {
        return waiting.size();
    }
}
