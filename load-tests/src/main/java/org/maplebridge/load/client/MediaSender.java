package org.maplebridge.load.client;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.maplebridge.load.client.pattern.MediaPattern;
import org.maplebridge.load.kernel.KernelSocket;
import org.maplebridge.load.measure.WallClock;
import org.maplebridge.media.rtcp.RtcpWriter;
import org.maplebridge.media.rtp.RtpHeaderWriter;
import org.maplebridge.media.srtp.OutboundSrtp;
import org.maplebridge.media.wire.Bytes;

/// Publishes one stream by a [MediaPattern]; the last bytes of each payload made up here say when
/// it left.
///
/// Thread: its client thread.
final class MediaSender {
    static final int STAMP_BYTES = 8;
    private static final long REPORT_NANOS = 1_000_000_000L;
    private static final int DESCRIPTOR_BYTES = 4;
    private static final byte[] CNAME = "car".getBytes(StandardCharsets.UTF_8);
    private static final byte[] MID = ClientOffer.MID.getBytes(StandardCharsets.UTF_8);

    private final KernelSocket socket;
    private final OutboundSrtp srtp;
    private final MediaPattern pattern;
    private final boolean video;
    private final int ssrc;
    private final MemorySegment memory = Arena.ofAuto().allocate(2_048, 64);
    private final RtpHeaderWriter header = new RtpHeaderWriter(false);
    private final RtcpWriter rtcp = new RtcpWriter();
    private List<MediaPattern.Packet> frame = List.of();
    private int nextInFrame;
    private long frameStartNanos;
    private long reportAtNanos;
    private long packetIndex = 1_000;
    private int transportSequence;
    private int timestamp;
    private int pictureId;
    private boolean keyFrameWanted = true;
    private boolean keyFrame;
    private long packets;
    private long octets;
    private long lateNanos;

    MediaSender(
            KernelSocket socket,
            OutboundSrtp srtp,
            MediaPattern pattern,
            int ssrc,
            long startNanos) {
        this.socket = socket;
        this.srtp = srtp;
        this.pattern = pattern;
        this.video = pattern.video();
        this.ssrc = ssrc;
        this.frameStartNanos = startNanos;
        this.reportAtNanos = startNanos + REPORT_NANOS;
    }

    void wantKeyFrame() {
        keyFrameWanted = true;
    }

    /// Packets sent so far.
    long packets() {
        return packets;
    }

    /// Furthest this sender has fallen behind its own plan since asked last.
    long takeLatenessNanos() {
        long worst = lateNanos;
        lateNanos = 0;
        return worst;
    }

    /// Sends what is due.
    ///
    /// @return when to come again
    long sendDue(long nowNanos) {
        if (nowNanos - reportAtNanos >= 0) {
            reportAtNanos += REPORT_NANOS;
            sendReport();
        }
        while (true) {
            if (nextInFrame == frame.size()) {
                beginFrame();
            }
            MediaPattern.Packet packet = frame.get(nextInFrame);
            long dueNanos = frameStartNanos + packet.offsetNanos();
            if (nowNanos - dueNanos < 0) {
                return dueNanos;
            }
            lateNanos = Math.max(lateNanos, nowNanos - dueNanos);
            send(packet);
            nextInFrame++;
        }
    }

    /// After a rest: the stream goes on from now, as if there had been none.
    void goOn(long nowNanos) {
        reportAtNanos = nowNanos + REPORT_NANOS;
        long begun = nextInFrame < frame.size() ? frame.get(nextInFrame).offsetNanos() : 0;
        frameStartNanos = nowNanos - begun;
    }

    private void beginFrame() {
        if (!frame.isEmpty()) {
            frameStartNanos += pattern.frameIntervalNanos();
        }
        keyFrame = keyFrameWanted;
        keyFrameWanted = false;
        frame = pattern.nextFrame(keyFrame);
        nextInFrame = 0;
        timestamp += pattern.timestampStep();
        pictureId = pictureId + 1 & 0x7fff;
    }

    private void send(MediaPattern.Packet packet) {
        int payloadType = video ? ClientOffer.VP8 : ClientOffer.OPUS;
        header.begin(memory, 0, packet.marker(), payloadType, (int) packetIndex, timestamp, ssrc);
        header.extension(ClientOffer.MID_EXTENSION, MID);
        header.extension16(ClientOffer.TRANSPORT_SEQUENCE_EXTENSION, transportSequence++);
        int headerLength = header.end();
        int length = headerLength + packet.payloadLength();
        byte[] payload = packet.payload();
        if (payload != null) {
            MemorySegment.copy(payload, 0, memory, JAVA_BYTE, headerLength, payload.length);
        } else {
            stamp(headerLength, length);
        }
        int sealed = srtp.protectRtp(memory, 0, headerLength, length, ssrc, packetIndex++);
        socket.send(memory, sealed);
        packets++;
        octets += packet.payloadLength();
    }

    private void stamp(int headerLength, int length) {
        if (video) {
            writeVp8(headerLength);
        }
        memory.set(Bytes.LONG, (long) length - STAMP_BYTES, WallClock.nanos());
    }

    /// Descriptor with a 15-bit picture id (RFC 7741 §4.2), then the frame header's first bytes
    /// (RFC 6386 §9.1) at the start of a frame.
    private void writeVp8(int at) {
        boolean start = nextInFrame == 0;
        memory.set(JAVA_BYTE, at, (byte) (start ? 0x90 : 0x80));
        memory.set(JAVA_BYTE, at + 1L, (byte) 0x80);
        memory.set(Bytes.SHORT, at + 2L, (short) (0x8000 | pictureId));
        int payload = at + DESCRIPTOR_BYTES;
        memory.set(Bytes.LONG, payload, 0);
        if (start) {
            memory.set(JAVA_BYTE, payload, (byte) (keyFrame ? 0x10 : 0x11));
            if (keyFrame) {
                memory.set(JAVA_BYTE, payload + 3L, (byte) 0x9d);
                memory.set(JAVA_BYTE, payload + 4L, (byte) 0x01);
                memory.set(JAVA_BYTE, payload + 5L, (byte) 0x2a);
            }
        } else {
            memory.set(JAVA_BYTE, payload, (byte) 0x55);
        }
    }

    private void sendReport() {
        rtcp.begin(memory, 0);
        boolean fits =
                rtcp.senderReport(ssrc, WallClock.ntp(), timestamp, (int) packets, (int) octets)
                        && rtcp.cname(ssrc, CNAME);
        if (fits) {
            socket.send(memory, srtp.protectRtcp(memory, 0, rtcp.length()));
        }
    }
}
