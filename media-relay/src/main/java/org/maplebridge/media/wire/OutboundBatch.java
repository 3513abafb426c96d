package org.maplebridge.media.wire;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The datagrams of one read burst on their way out, side by side in native memory.
///
/// A core claims room, writes its datagram there, encrypts in place and commits; nobody copies it
/// again. The batch empties itself through its sender when it is full, and the shell flushes it at
/// the end of every burst, so no packet waits for a later one.
///
/// ```
/// long at = batch.claim();
/// int length = ...write into batch.memory() from at on...;
/// batch.commit(path, length);
/// ```
///
/// Thread: its media loop.
public final class OutboundBatch {
    /// Room kept for one datagram: [Datagrams#MAX_LENGTH] rounded up to whole cache lines.
    public static final int SLOT_BYTES = 1_536;

    private final MemorySegment memory;
    private final DatagramSender sender;
    private final PeerPath[] paths;
    private final int[] lengths;
    private int count;

    /// @param capacity datagrams held before the batch sends by itself
    public OutboundBatch(int capacity, DatagramSender sender) {
        this.memory = Arena.ofAuto().allocate((long) capacity * SLOT_BYTES, 64);
        this.sender = sender;
        this.paths = new PeerPath[capacity];
        this.lengths = new int[capacity];
    }

    /// The slab all slots lie in; the same segment for the batch's whole life.
    public MemorySegment memory() {
        return memory;
    }

    /// Offset in [#memory()] of [#SLOT_BYTES] free bytes; valid until the next [#commit] or claim.
    public long claim() {
        if (count == lengths.length) {
            flush();
        }
        return (long) count * SLOT_BYTES;
    }

    /// Keeps what was written to the last claimed slot. A claim without commit is simply reused.
    public void commit(PeerPath path, int length) {
        paths[count] = path;
        lengths[count] = length;
        count++;
    }

    public int count() {
        return count;
    }

    public PeerPath path(int index) {
        return paths[index];
    }

    public int length(int index) {
        return lengths[index];
    }

    public static long offset(int index) {
        return (long) index * SLOT_BYTES;
    }

    /// Sends what there is. Safe on an empty batch.
    public void flush() {
        if (count > 0) {
            sender.send(this);
            count = 0;
        }
    }
}
