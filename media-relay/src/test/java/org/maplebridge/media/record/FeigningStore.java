package org.maplebridge.media.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/// A disk that is full after so many bytes, that can stall, and that can lose what it was given.
///
/// Thread: any.
final class FeigningStore implements RecordingStore {
    final AtomicLong room = new AtomicLong(Long.MAX_VALUE);
    final CountDownLatch stalled = new CountDownLatch(1);
    volatile CountDownLatch goesOn = new CountDownLatch(0);
    final AtomicLong forces = new AtomicLong();
    volatile CountDownLatch forceGoesOn = new CountDownLatch(0);
    volatile boolean loses;

    private final class Open implements Growing {
        @Override
        public void append(ByteBuffer bytes) throws IOException {
            stall();
            if (room.addAndGet(-bytes.remaining()) < 0) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void force() throws IOException {
            forces.incrementAndGet();
            if (loses) {
                throw new IOException("Input/output error");
            }
            try {
                forceGoesOn.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        private void stall() throws IOException {
            try {
                if (goesOn.getCount() > 0) {
                    stalled.countDown();
                }
                goesOn.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void close() {}
    }

    @Override
    public Growing make(Path file) {
        return new Open();
    }

    @Override
    public String causeOf(IOException failure, Path file) {
        return "disk-full";
    }
}
