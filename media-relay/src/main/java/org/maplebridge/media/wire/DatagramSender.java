package org.maplebridge.media.wire;

/// Takes a full or finished [OutboundBatch] to the network; a test's simulated network is one too.
///
/// Thread: the media loop that owns the batch.
@FunctionalInterface
public interface DatagramSender {
    /// Sends all datagrams of `batch`, in order, before it returns; the batch is reused afterwards.
    void send(OutboundBatch batch);
}
