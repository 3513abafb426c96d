package org.maplebridge.media.simulation;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Consumer;
import org.maplebridge.media.rtcp.RtcpWriter;

/// Writes one RTCP packet into bytes.
public final class Compound {
    private static final int ROOM = 1_500;

    private Compound() {}

    public static byte[] of(Consumer<RtcpWriter> pieces) {
        MemorySegment memory = Arena.ofAuto().allocate(ROOM);
        var writer = new RtcpWriter();
        writer.begin(memory, 0);
        pieces.accept(writer);
        return memory.asSlice(0, writer.length()).toArray(ValueLayout.JAVA_BYTE);
    }

    public static boolean is(byte[] datagram) {
        int second = datagram[1] & 0xff;
        return second >= 192 && second <= 223;
    }
}
