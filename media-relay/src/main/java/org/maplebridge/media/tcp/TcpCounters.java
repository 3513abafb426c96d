package org.maplebridge.media.tcp;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// What the front counts.
///
/// Thread: written by the front's loop, read by any.
@SuppressWarnings("EnumOrdinal") // lives within one process only
public final class TcpCounters {
    private final AtomicLongArray ends = new AtomicLongArray(TcpEnd.values().length);
    private final AtomicLongArray losses = new AtomicLongArray(TcpLoss.values().length);
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private volatile int open;
    private volatile int proved;

    void onEnd(TcpEnd reason) {
        ends.incrementAndGet(reason.ordinal());
    }

    void leftOut(TcpLoss reason) {
        losses.incrementAndGet(reason.ordinal());
    }

    void received() {
        received.incrementAndGet();
    }

    void sent() {
        sent.incrementAndGet();
    }

    void open(Admission admission) {
        open = admission.open();
        proved = admission.open() - admission.unproved();
    }

    public long ended(TcpEnd reason) {
        return ends.get(reason.ordinal());
    }

    public long dropped(TcpLoss reason) {
        return losses.get(reason.ordinal());
    }

    /// Datagrams from peers that went on to the media port.
    public long datagramsReceived() {
        return received.get();
    }

    /// Datagrams of the relay that were handed to connections.
    public long datagramsSent() {
        return sent.get();
    }

    /// Connections open now.
    public int connections() {
        return open;
    }

    /// Those of them whose peer has proved itself.
    public int proved() {
        return proved;
    }
}
