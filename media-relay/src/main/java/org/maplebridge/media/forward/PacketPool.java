package org.maplebridge.media.forward;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.sdp.CodecFormat;
import org.maplebridge.media.sdp.CodecName;
import org.maplebridge.media.wire.Datagrams;

/// The packets of one media loop, used again and again.
///
/// Two sizes: voice would otherwise pay for video's. What is not needed is left to the collector
/// beyond [#KEPT] packets of a size.
///
/// Thread: its media loop; other loops give back through [#takeBack] alone.
public final class PacketPool {
    static final CodecFormat NO_FORMAT = new CodecFormat(CodecName.OPUS, 48_000, 2, "");

    /// Opus at 96 kbit/s and 20 ms is 240 bytes.
    static final int SMALL_BYTES = 320;

    /// About 6 MB of large ones: one video source's ring four times over.
    static final int KEPT = 4_096;

    private static final VarHandle RETURNED;

    static {
        try {
            RETURNED =
                    MethodHandles.lookup()
                            .findVarHandle(PacketPool.class, "returned", MediaPacket.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ArrayDeque<MediaPacket> small = new ArrayDeque<>();
    private final ArrayDeque<MediaPacket> large = new ArrayDeque<>();
    private long kept;

    @SuppressWarnings("unused") // through RETURNED
    private volatile @Nullable MediaPacket returned;

    /// A packet with room for `payloadLength` bytes, kept by nobody yet.
    MediaPacket take(int payloadLength) {
        boolean fitsSmall = payloadLength <= SMALL_BYTES;
        ArrayDeque<MediaPacket> free = fitsSmall ? small : large;
        MediaPacket packet = free.pollLast();
        if (packet == null && returned != null) {
            collectReturned();
            packet = free.pollLast();
        }
        if (packet == null) {
            packet = new MediaPacket(this, fitsSmall ? SMALL_BYTES : Datagrams.MAX_LENGTH);
        }
        kept++;
        return packet;
    }

    /// For a packet that was taken and then not kept by anybody.
    void putBack(MediaPacket packet) {
        kept--;
        ArrayDeque<MediaPacket> free = packet.payload.length == SMALL_BYTES ? small : large;
        if (free.size() < KEPT) {
            free.addLast(packet);
        }
    }

    void takeBack(MediaPacket packet, @Nullable PacketPool here) {
        if (here == this) {
            putBack(packet);
            return;
        }
        MediaPacket head;
        do {
            head = (MediaPacket) RETURNED.getVolatile(this);
            packet.nextReturned = head;
        } while (!RETURNED.compareAndSet(this, head, packet));
    }

    /// Packets that somebody keeps.
    public long kept() {
        collectReturned();
        return kept;
    }

    private void collectReturned() {
        MediaPacket packet = (MediaPacket) RETURNED.getAndSet(this, (MediaPacket) null);
        while (packet != null) {
            MediaPacket next = packet.nextReturned;
            packet.nextReturned = null;
            putBack(packet);
            packet = next;
        }
    }
}
