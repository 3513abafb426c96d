package org.maplebridge.load.bench.bare;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.maplebridge.load.client.pattern.MediaPattern;
import org.maplebridge.media.srtp.OutboundSrtp;
import org.maplebridge.media.srtp.SrtpCiphers;
import org.maplebridge.media.srtp.SrtpProfile;
import org.maplebridge.media.wire.OutboundBatch;

/// What encrypting alone costs: packets as long as the scenario's, each for another receiver's key
/// in turn, as the relay meets them.
public final class BareSeal {
    private static final int HEADER_BYTES = 20;
    private static final int SSRC = 7;

    private BareSeal() {}

    public record Result(long packets, long cpuNanos) {}

    /// Encrypts for `nanos` after as long a warm-up.
    public static Result run(SrtpProfile profile, int receivers, MediaPattern pattern, long nanos) {
        var contexts = new ArrayList<OutboundSrtp>();
        try (Arena arena = Arena.ofConfined()) {
            for (int i = 0; i < receivers; i++) {
                byte[] key = new byte[profile.keyLength()];
                key[0] = (byte) i;
                key[1] = (byte) (i >> 8);
                byte[] salt = new byte[profile.saltLength()];
                contexts.add(new OutboundSrtp(profile, key, salt, SrtpCiphers.best()));
            }
            MemorySegment memory = arena.allocate(OutboundBatch.SLOT_BYTES, 64);
            long index = seal(contexts, memory, pattern, nanos, 1_000);
            long before = threadCpu();
            long end = seal(contexts, memory, pattern, nanos, index);
            return new Result((end - index) * receivers, threadCpu() - before);
        } finally {
            contexts.forEach(OutboundSrtp::close);
        }
    }

    private static long seal(
            List<OutboundSrtp> contexts,
            MemorySegment memory,
            MediaPattern pattern,
            long nanos,
            long first) {
        long index = first;
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            for (MediaPattern.Packet packet : pattern.nextFrame(false)) {
                int length = HEADER_BYTES + packet.payloadLength();
                for (OutboundSrtp context : contexts) {
                    int unused = context.protectRtp(memory, 0, HEADER_BYTES, length, SSRC, index);
                }
                index++;
            }
        }
        return index;
    }

    private static long threadCpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
