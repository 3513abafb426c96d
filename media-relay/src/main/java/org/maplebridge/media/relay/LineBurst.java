package org.maplebridge.media.relay;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.forward.Line;
import org.maplebridge.media.forward.MediaPacket;
import org.maplebridge.media.forward.PacketPool;
import org.maplebridge.media.forward.SenderClock;
import org.maplebridge.media.sdp.MediaKind;

/// What one read burst brought for a source, on its way to the other loops that have viewers of it:
/// references, shared by all of them and never copied.
///
/// Thread: filled by the source's loop; read by the others, each once.
public final class LineBurst implements LoopMessage {
    private static final VarHandle READERS;

    static {
        try {
            READERS = MethodHandles.lookup().findVarHandle(LineBurst.class, "readers", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final SourceId source;
    private final MediaKind kind;
    private final int home;
    private final MediaPacket[] packets;
    private final boolean clockKnown;
    private final long clockNanos;
    private final int clockTimestamp;

    @SuppressWarnings("unused") // through READERS
    private int readers;

    LineBurst(SourceId source, Line line, MediaKind kind, int home, int readers) {
        this.source = source;
        this.kind = kind;
        this.home = home;
        this.readers = readers;
        this.packets = new MediaPacket[line.burstCount()];
        for (int i = 0; i < packets.length; i++) {
            packets[i] = line.burst(i);
            packets[i].retain();
        }
        SenderClock clock = line.clock();
        this.clockKnown = clock.known();
        this.clockNanos = clock.atNanos();
        this.clockTimestamp = clock.timestamp();
    }

    SourceId source() {
        return source;
    }

    /// Puts everything on this loop's line of the same source.
    void unload(Line into, PacketPool here) {
        into.mirror(kind, home);
        for (MediaPacket packet : packets) {
            into.append(packet);
        }
        if (clockKnown) {
            into.clock().set(clockNanos, clockTimestamp);
        }
        discard(here);
    }

    /// Lets go of the packets without using them.
    void discard(PacketPool here) {
        if ((int) READERS.getAndAdd(this, -1) == 1) {
            for (MediaPacket packet : packets) {
                packet.release(here);
            }
        }
    }
}
