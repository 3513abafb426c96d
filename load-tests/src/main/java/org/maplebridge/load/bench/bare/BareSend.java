package org.maplebridge.load.bench.bare;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.maplebridge.load.client.pattern.MediaPattern;
import org.maplebridge.media.syscall.SendmmsgSender;
import org.maplebridge.media.wire.OutboundBatch;
import org.maplebridge.media.wire.PeerPath;

/// The floor under every relay here: the same datagrams at the same moments to the same sockets,
/// and nothing else. No reading, no routing, no rewriting, no encryption.
public final class BareSend {
    /// As the relay adds them: RTP header with extensions and the tag.
    private static final int OVERHEAD_BYTES = 12 + 8 + 16;

    private static final byte NEITHER_RTP_NOR_STUN = (byte) 0xff;

    private BareSend() {}

    /// @param refused datagrams the kernel did not take
    public record Result(long packets, long cpuNanos, long refused) {}

    /// Sends for `nanos` from the relay's own port.
    ///
    /// @param segments whether runs of equal length may go as one message
    public static Result run(
            InetSocketAddress relay,
            List<Integer> ports,
            MediaPattern pattern,
            boolean segments,
            long nanos)
            throws IOException {
        var refused = new AtomicLong();
        var paths =
                ports.stream()
                        .map(port -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                        .map(remote -> new PeerPath(0, remote))
                        .toList();
        try (var sender = SendmmsgSender.open(List.of(relay), segments, refused::addAndGet)) {
            var batch = new OutboundBatch(128, sender);
            long warm = send(batch, paths, pattern, nanos / 2);
            long before = threadCpu();
            long packets = send(batch, paths, pattern, nanos);
            return new Result(packets, threadCpu() - before, warm < 0 ? 0 : refused.get());
        }
    }

    private static long send(
            OutboundBatch batch, List<PeerPath> paths, MediaPattern pattern, long nanos) {
        long packets = 0;
        long start = System.nanoTime();
        long frameAt = start;
        while (frameAt - start < nanos) {
            List<MediaPattern.Packet> frame = pattern.nextFrame(false);
            for (int first = 0; first < frame.size(); ) {
                long due = frame.get(first).offsetNanos();
                int end = first;
                while (end < frame.size() && frame.get(end).offsetNanos() == due) {
                    end++;
                }
                waitUntil(frameAt + due);
                for (PeerPath path : paths) {
                    for (MediaPattern.Packet packet : frame.subList(first, end)) {
                        batch.memory().set(JAVA_BYTE, batch.claim(), NEITHER_RTP_NOR_STUN);
                        batch.commit(path, packet.payloadLength() + OVERHEAD_BYTES);
                        packets++;
                    }
                }
                batch.flush();
                first = end;
            }
            frameAt += pattern.frameIntervalNanos();
        }
        return packets;
    }

    private static void waitUntil(long atNanos) {
        long pause = atNanos - System.nanoTime();
        while (pause > 0) {
            LockSupport.parkNanos(pause);
            pause = atNanos - System.nanoTime();
        }
    }

    private static long threadCpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
