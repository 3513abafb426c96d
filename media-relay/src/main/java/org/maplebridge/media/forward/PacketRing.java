package org.maplebridge.media.forward;

import org.jspecify.annotations.Nullable;

/// The last packets of a line by their place: what retransmissions and newcomers are served from.
///
/// Thread: its media loop.
final class PacketRing {
    static final long EMPTY = -1;

    private final PacketPool pool;
    private final int capacity;
    private final int mask;

    /// Made with the first packet: a link to another node has a hundred lines that nothing comes
    /// on.
    private @Nullable MediaPacket[] packets = {};

    private long head = EMPTY;

    /// @param capacity a power of two
    PacketRing(int capacity, PacketPool pool) {
        this.capacity = capacity;
        this.mask = capacity - 1;
        this.pool = pool;
    }

    int capacity() {
        return capacity;
    }

    /// Highest place filled so far, or [#EMPTY].
    long head() {
        return head;
    }

    @Nullable MediaPacket get(long seq) {
        MediaPacket packet = seq < 0 || packets.length == 0 ? null : packets[(int) seq & mask];
        return packet != null && packet.seq == seq ? packet : null;
    }

    /// Whether a packet for this place would still be taken: neither there nor overtaken.
    boolean takes(long seq) {
        return seq > head - capacity && get(seq) == null;
    }

    /// Keeps a packet that [#takes] said yes to.
    void put(MediaPacket packet) {
        if (packets.length == 0) {
            packets = new MediaPacket[capacity];
        }
        int at = (int) packet.seq & mask;
        MediaPacket old = packets[at];
        if (old != null) {
            old.release(pool);
        }
        packet.retain();
        packets[at] = packet;
        head = Math.max(head, packet.seq);
    }

    /// Lets go of all packets; places go on from where they were.
    void clear() {
        for (int i = 0; i < packets.length; i++) {
            MediaPacket packet = packets[i];
            if (packet != null) {
                packet.release(pool);
                packets[i] = null;
            }
        }
    }
}
