package org.maplebridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.simulation.KeyedTransport;
import org.maplebridge.media.simulation.Pictures;
import org.maplebridge.media.simulation.RecordedTalk;
import org.maplebridge.media.simulation.RtpBytes;
import org.maplebridge.media.simulation.Sections;
import org.maplebridge.media.srtp.SrtpCiphers;
import org.maplebridge.media.srtp.SrtpProfile;
import org.maplebridge.media.wire.OutboundBatch;
import org.maplebridge.media.wire.PeerPath;

/// One publisher to many receivers with real keys: every receiver opens what it gets, and sending
/// it leaves nothing for the collector.
class EncryptedFanOutTest {
    private static final long FRAME_NANOS = 33_000_000L;
    private static final int PARTS = 4;

    private final Map<PeerPath, List<byte[]>> received = new HashMap<>();
    private final MemorySegment memory = Arena.ofAuto().allocate(2_048);
    private final SplittableRandom random = new SplittableRandom(1);
    private boolean keeping = true;
    private final OutboundBatch out = new OutboundBatch(128, this::send);
    private final LoopRelay relay =
            new LoopRelay(
                    LoopPort.ALONE,
                    event -> {},
                    (channel, epoch, file) -> new RecordedTalk(epoch),
                    random::nextInt,
                    1_000_000_000L);
    private int frame;
    private long packetIndex;

    @ParameterizedTest(name = "{0}")
    @EnumSource(SrtpProfile.class)
    void everyReceiverOpensEveryPacketOverARollOver(SrtpProfile profile) {
        var ciphers = SrtpCiphers.best();
        packetIndex = 65_500;
        var publisher = publisher(profile, ciphers);
        var receivers = new ArrayList<KeyedTransport>();
        for (int i = 0; i < 10; i++) {
            receivers.add(receiver(profile, ciphers, i));
        }
        for (int i = 0; i < 100; i++) {
            sendFrame(publisher, i == 0, 900);
        }

        for (KeyedTransport receiver : receivers) {
            var datagrams = received.getOrDefault(receiver.selectedPath(), List.of());
            int opened = 0;
            for (byte[] datagram : datagrams) {
                if ((datagram[1] & 0x7f) == 96) {
                    int length = receiver.peerOpens.unprotectRtp(datagram, 0, datagram.length);
                    assertThat(length).isPositive();
                    RtpBytes packet = RtpBytes.parse(Arrays.copyOf(datagram, length));
                    Pictures.Part part = Pictures.read(packet.payload());
                    assertThat(part.frame() * PARTS + part.part()).isEqualTo(opened);
                    opened++;
                }
            }
            assertThat(opened).isEqualTo(100 * PARTS);
        }
    }

    @Test
    void forwardingAllocatesNothingPerPacket() {
        var ciphers = SrtpCiphers.best();
        var publisher = publisher(SrtpProfile.AEAD_AES_128_GCM, ciphers);
        for (int i = 0; i < 100; i++) {
            receiver(SrtpProfile.AEAD_AES_128_GCM, ciphers, i);
        }
        keeping = false;
        for (int i = 0; i < 300; i++) {
            sendFrame(publisher, i % 100 == 0, 1_100);
        }

        // The compiler decides when the last allocation goes: one quiet window proves that it can.
        long quietest = Long.MAX_VALUE;
        for (int window = 0; window < 100 && quietest > 0; window++) {
            quietest = Math.min(quietest, allocatedByFanOut(publisher, 20));
        }

        assertThat(quietest).isZero();
        assertThat(relay.counters().forwardedTotal()).isEqualTo(frame * PARTS * 100L);
    }

    private long allocatedByFanOut(KeyedTransport publisher, int frames) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[][] datagrams = new byte[PARTS][];
        long allocated = 0;
        for (int i = 0; i < frames; i++) {
            prepare(publisher, datagrams, false, 1_100);
            receive(publisher, datagrams);
            long before = threads.getCurrentThreadAllocatedBytes();
            relay.onBurstEnd(frame * FRAME_NANOS, out);
            out.flush();
            allocated += threads.getCurrentThreadAllocatedBytes() - before;
        }
        return allocated;
    }

    private KeyedTransport publisher(SrtpProfile profile, SrtpCiphers ciphers) {
        var transport = new KeyedTransport(profile, ciphers, path(1), 1);
        relay.open(
                new LegId("car"),
                new LegPlan("", Map.of("0", new SourceId("car")), Map.of()),
                List.of(Sections.sending("0", MediaKind.VIDEO, 11, 12, Sections.vp8(96, 97))),
                transport,
                0,
                out);
        return transport;
    }

    private KeyedTransport receiver(SrtpProfile profile, SrtpCiphers ciphers, int number) {
        var transport = new KeyedTransport(profile, ciphers, path(100 + number), 100 + number);
        var id = new LegId("room" + number);
        relay.open(
                id,
                new LegPlan("", Map.of(), Map.of()),
                List.of(Sections.receiving("v", MediaKind.VIDEO, 77, 78, Sections.vp8(96, 97))),
                transport,
                0,
                out);
        relay.attach(id, "v", new SourceId("car"), 0);
        return transport;
    }

    private void sendFrame(KeyedTransport publisher, boolean key, int size) {
        byte[][] datagrams = new byte[PARTS][];
        prepare(publisher, datagrams, key, size);
        deliver(publisher, datagrams);
    }

    private void prepare(KeyedTransport publisher, byte[][] into, boolean key, int size) {
        List<byte[]> payloads = Pictures.frame(1, frame++, key, PARTS, size);
        for (int i = 0; i < PARTS; i++) {
            byte[] plain =
                    new RtpBytes(
                                    96,
                                    i == PARTS - 1,
                                    (int) packetIndex & 0xffff,
                                    frame * 3_000,
                                    11,
                                    Map.of(),
                                    payloads.get(i))
                            .toBytes();
            MemorySegment.copy(plain, 0, memory, ValueLayout.JAVA_BYTE, 0, plain.length);
            int length =
                    publisher.peerProtects.protectRtp(
                            memory, 0, 12, plain.length, 11, packetIndex++);
            into[i] = memory.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private void deliver(KeyedTransport publisher, byte[][] datagrams) {
        long now = frame * FRAME_NANOS;
        receive(publisher, datagrams);
        relay.onBurstEnd(now, out);
        out.flush();
        relay.tick(now, out);
        out.flush();
    }

    private void receive(KeyedTransport publisher, byte[][] datagrams) {
        long now = frame * FRAME_NANOS;
        for (byte[] datagram : datagrams) {
            relay.onDatagram(
                    Objects.requireNonNull(publisher.selectedPath()),
                    datagram,
                    0,
                    datagram.length,
                    now,
                    out);
        }
    }

    private void send(OutboundBatch batch) {
        for (int i = 0; keeping && i < batch.count(); i++) {
            received.computeIfAbsent(batch.path(i), path -> new ArrayList<>())
                    .add(
                            batch.memory()
                                    .asSlice(OutboundBatch.offset(i), batch.length(i))
                                    .toArray(ValueLayout.JAVA_BYTE));
        }
    }

    private static PeerPath path(int port) {
        return new PeerPath(0, new InetSocketAddress("127.0.0.1", port));
    }
}
