package org.maplebridge.media.relay;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.forward.Line;
import org.maplebridge.media.forward.MediaPacket;
import org.maplebridge.media.forward.PacketPool;
import org.maplebridge.media.forward.PreRoll;
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
    private final int restarts;
    private final boolean cached;
    private final List<MediaPacket> packets;
    private final boolean clockKnown;
    private final long clockNanos;
    private final int clockTimestamp;

    @SuppressWarnings("unused") // through READERS
    private int readers;

    private LineBurst(
            SourceId source,
            Line line,
            MediaKind kind,
            int home,
            int readers,
            boolean cached,
            List<MediaPacket> packets) {
        this.source = source;
        this.kind = kind;
        this.home = home;
        this.restarts = line.restarts();
        this.readers = readers;
        this.cached = cached;
        this.packets = packets;
        for (MediaPacket packet : packets) {
            packet.retain();
        }
        SenderClock clock = line.clock();
        this.clockKnown = clock.known();
        this.clockNanos = clock.atNanos();
        this.clockTimestamp = clock.timestamp();
    }

    /// What the line got since its last fan-out.
    static LineBurst ofBurst(SourceId source, Line line, MediaKind kind, int home, int readers) {
        var packets = new ArrayList<MediaPacket>(line.burstCount());
        for (int i = 0; i < line.burstCount(); i++) {
            packets.add(line.burst(i));
        }
        return new LineBurst(source, line, kind, home, readers, false, packets);
    }

    /// What the line keeps since its last key frame, for a loop that begins to listen.
    static LineBurst ofCache(SourceId source, Line line, MediaKind kind, int home) {
        return new LineBurst(source, line, kind, home, 1, true, line.sinceKeyFrame());
    }

    /// What the line's talker said before the floor was given, for a loop that hears of it from now
    /// on. The receiving line leaves out what it has.
    static LineBurst ofPreRoll(
            SourceId source, Line line, MediaKind kind, int home, long sinceNanos, long nowNanos) {
        List<MediaPacket> packets = PreRoll.of(line, sinceNanos, nowNanos);
        return new LineBurst(source, line, kind, home, 1, false, packets);
    }

    /// Whether newcomers can begin with it, rather than it being what just came.
    boolean cached() {
        return cached;
    }

    SourceId source() {
        return source;
    }

    /// Puts everything on this loop's line of the same source.
    void unload(Line into, PacketPool here) {
        into.mirror(kind, home, restarts);
        for (MediaPacket packet : packets) {
            if (cached) {
                into.keep(packet);
            } else {
                into.append(packet);
            }
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
