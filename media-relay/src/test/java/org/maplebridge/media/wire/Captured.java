package org.maplebridge.media.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import java.util.Queue;

/// A network that keeps what was sent to it, for tests.
///
/// Thread: its test.
public final class Captured implements DatagramSender {
    public record Sent(PeerPath to, byte[] bytes) {}

    public final Queue<Sent> sent = new ArrayDeque<>();
    public final OutboundBatch batch = new OutboundBatch(64, this);

    @Override
    public void send(OutboundBatch full) {
        for (int i = 0; i < full.count(); i++) {
            byte[] bytes = new byte[full.length(i)];
            MemorySegment.copy(
                    full.memory(),
                    ValueLayout.JAVA_BYTE,
                    OutboundBatch.offset(i),
                    bytes,
                    0,
                    bytes.length);
            sent.add(new Sent(full.path(i), bytes));
        }
    }

    /// The oldest datagram not yet taken.
    public Sent take() {
        batch.flush();
        Sent next = sent.poll();
        if (next == null) {
            throw new NoSuchElementException("nothing was sent");
        }
        return next;
    }

    public boolean isEmpty() {
        batch.flush();
        return sent.isEmpty();
    }
}
