package org.maplebridge.signaling.evidence;

import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.maplebridge.dispatch.model.EvidenceId;

/// Whose request may write to a picture: the newest one's. A sender whose line was lost comes back
/// before the server knows that it was; the older request then writes nothing more.
///
/// Thread: any. A turn holds its picture's lock for one write at a time, never while it waits for
/// bytes.
final class Turns {
    private static final int LOCKS = 64;

    private final ConcurrentHashMap<EvidenceId, Turn> newest = new ConcurrentHashMap<>();
    private final ReentrantLock[] locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(ReentrantLock[]::new);

    /// Something done to a file.
    interface Work<T> {
        T run() throws IOException;
    }

    interface Write {
        void run() throws IOException;
    }

    /// To be closed at the end of the request.
    final class Turn implements AutoCloseable {
        private final EvidenceId id;

        private Turn(EvidenceId id) {
            this.id = id;
        }

        /// @return false when it is another one's turn, and then nothing was written
        boolean write(Write write) throws IOException {
            return alone(() -> {
                boolean mine = equals(newest.get(id));
                if (mine) {
                    write.run();
                }
                return mine;
            });
        }

        /// Nobody writes meanwhile.
        <T> T alone(Work<T> work) throws IOException {
            ReentrantLock lock = locks[Math.floorMod(id.hashCode(), LOCKS)];
            lock.lock();
            try {
                return work.run();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            newest.remove(id, this);
        }
    }

    Turn take(EvidenceId id) {
        var turn = new Turn(id);
        newest.put(id, turn);
        return turn;
    }
}
