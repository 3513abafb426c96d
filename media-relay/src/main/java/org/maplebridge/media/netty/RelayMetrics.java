package org.maplebridge.media.netty;

import java.util.List;
import org.maplebridge.media.syscall.SendmmsgSender;
import org.maplebridge.media.tcp.TcpCounters;
import org.maplebridge.media.wire.DropReason;

/// What the relay counts, for whoever publishes it. Each call reads anew.
///
/// Thread: any, immutable.
public final class RelayMetrics {
    private final List<MediaLoop> loops;
    private final LoopSenders senders;
    private final TcpCounters tcp;
    private final String cipher;

    RelayMetrics(List<MediaLoop> loops, LoopSenders senders, TcpCounters tcp, String cipher) {
        this.loops = List.copyOf(loops);
        this.senders = senders;
        this.tcp = tcp;
        this.cipher = cipher;
    }

    /// Datagrams' buckets of [#latencyCounts], upper bounds in nanoseconds; one more is unbounded.
    public static long[] latencyBoundsNanos() {
        return LatencyHistogram.BOUNDS_NANOS.clone();
    }

    /// How datagrams leave, e.g. `sendmmsg with segmentation`.
    public String sender() {
        return senders.name();
    }

    /// What went out by system calls of our own, every kind of datagram; zeros when Netty sends.
    public SendmmsgSender.Sent sent() {
        return senders.sent();
    }

    /// What came and went by TCP.
    public TcpCounters tcp() {
        return tcp;
    }

    /// What SRTP is computed with, e.g. `libcrypto OpenSSL 3.0.19`.
    public String cipher() {
        return cipher;
    }

    /// RTP packets sent to subscribers, retransmissions not counted.
    public long packetsForwarded() {
        return loops.stream().mapToLong(l -> l.relay().counters().forwardedTotal()).sum();
    }

    public long packetsRetransmitted() {
        return loops.stream().mapToLong(l -> l.relay().counters().retransmittedTotal()).sum();
    }

    /// Packets of padding alone, by which narrow ways are probed.
    public long packetsPadded() {
        return loops.stream().mapToLong(l -> l.relay().counters().paddedTotal()).sum();
    }

    public long packetsReceived() {
        return loops.stream().mapToLong(l -> l.relay().counters().receivedTotal()).sum();
    }

    public long dropped(DropReason reason) {
        return loops.stream().mapToLong(l -> l.relay().counters().droppedTotal(reason)).sum();
    }

    /// Legs open now.
    public int sessions() {
        return loops.stream().mapToInt(l -> l.relay().legs()).sum();
    }

    /// Datagrams by how long they were in the relay, not cumulative; see [#latencyBoundsNanos].
    public long[] latencyCounts() {
        long[] counts = new long[LatencyHistogram.BOUNDS_NANOS.length + 1];
        loops.forEach(loop -> loop.latency().addTo(counts));
        return counts;
    }

    /// How late each loop's clock struck since the start, beyond what players hide, in nanoseconds.
    /// Grows by a second a second where nothing is done any more.
    public long[] lateNanos() {
        long now = System.nanoTime();
        return loops.stream().mapToLong(l -> l.lateness().totalNanos(now)).toArray();
    }

    public double latencySumSeconds() {
        return loops.stream().mapToLong(l -> l.latency().sumNanos()).sum() / 1e9;
    }
}
