package org.maplebridge.media.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.rtcp.RtcpReader;
import org.maplebridge.media.rtcp.RtcpVisitor;
import org.maplebridge.media.simulation.SimulatedNetwork.Way;

/// A camera or a microphone behind one leg: sends, repeats what it is asked for, and begins anew
/// with a key frame when it must.
///
/// Thread: the test's.
public final class SimulatedPublisher implements RtcpVisitor {
    private static final long PICTURE_NANOS = 33_333_333L;
    private static final long VOICE_NANOS = 20_000_000L;
    private static final int RTP_HEADER = 20;
    private static final int LARGEST_PAYLOAD = 1_150;

    /// A key frame is that many times as large as another picture of the same rate.
    private static final int KEY_FRAME_TIMES = 7;

    private static final long NTP_ERA_SECONDS = 2_208_988_800L;

    private final boolean video;
    private final int number;
    private final int ssrc;
    private final int rtxSsrc;
    private final int payloadType;
    private final int rtxPayloadType;
    private final int clockRate;
    private final SplittableRandom random;
    private final Map<Integer, byte[]> sentPayloads = new HashMap<>();
    private final Map<Integer, RtpBytes> sent = new HashMap<>();

    private Consumer<byte[]> way = datagram -> {};
    private long ntpOffsetNanos = 5_000_000_000L;
    private long startNanos = -1;
    private long nextNanos;
    private long nextReportNanos;
    private int seq16;
    private int rtxSeq16 = 100;
    private int transportSeq16;
    private final int firstTimestamp;
    private int frame;
    private boolean keyWanted = true;
    private boolean talking = true;
    private int loudness = 30;
    private int redundantType;
    private int generations;
    private final LinkedHashMap<Integer, byte[]> said = new LinkedHashMap<>();
    private int largestFrame = 6;
    private long bitsPerSecond;
    private long limit = Long.MAX_VALUE;
    private boolean obedient = true;
    private long heardNanos;
    private final Map<Integer, Long> frameNanos = new HashMap<>();

    private @Nullable BrowserEncoder encoder;
    private int voiceBytes;
    private String mid = "";
    private String rid = "";

    private boolean makesKeyFrames = true;
    private int keyFrameRequests;
    private int nacked;
    private int keyFramesSent;
    private int packetsSent;
    private int repeated;

    public SimulatedPublisher(
            boolean video, int number, int ssrc, int rtxSsrc, int seq16, int firstTimestamp) {
        this.video = video;
        this.number = number;
        this.ssrc = ssrc;
        this.rtxSsrc = rtxSsrc;
        this.payloadType = video ? 96 : 111;
        this.rtxPayloadType = 97;
        this.clockRate = video ? 90_000 : 48_000;
        this.seq16 = seq16;
        this.firstTimestamp = firstTimestamp;
        this.random = new SplittableRandom(number);
    }

    public SimulatedPublisher sendingTo(Way newWay) {
        way = newWay::send;
        return this;
    }

    public void setNtpOffsetNanos(long offset) {
        ntpOffsetNanos = offset;
    }

    public void setTalking(boolean now) {
        talking = now;
    }

    /// In -dBov (RFC 6464): 127 is digital silence, what a muted microphone sends.
    public void setLoudness(int level) {
        loudness = level;
    }

    /// Sends so many packets before along with each one, as this payload type (RFC 2198).
    public void setRedundancy(int type, int packets) {
        redundantType = type;
        generations = packets;
    }

    public void setLargestFrame(int packets) {
        largestFrame = packets;
    }

    /// An encoder that meets a rate, with packets and key frames as large as a browser's, and that
    /// heeds a limit.
    public SimulatedPublisher encodingAt(long newBitsPerSecond) {
        bitsPerSecond = newBitsPerSecond;
        return this;
    }

    /// As a browser encodes, 20 pictures a second.
    public SimulatedPublisher encodingAs(BrowserEncoder newEncoder) {
        encoder = newEncoder;
        return this;
    }

    /// Voice packets of so many bytes.
    public SimulatedPublisher saying(int bytes) {
        voiceBytes = bytes;
        return this;
    }

    /// One layer of several of a section.
    public SimulatedPublisher layer(String newMid, String newRid) {
        mid = newMid;
        rid = newRid;
        return this;
    }

    /// Switched off by the page, or by the encoder for want of bandwidth; begins with a key frame
    /// again.
    public void setActive(boolean now) {
        keyWanted |= now && !talking;
        talking = now;
    }

    /// An encoder that goes on at its rate whatever it is asked for.
    public SimulatedPublisher disobedient() {
        obedient = false;
        return this;
    }

    private long target() {
        return Math.min(bitsPerSecond, limit);
    }

    /// As asked for last; [Long#MAX_VALUE] before that.
    public long limit() {
        return limit;
    }

    /// When a voice packet or picture, counted from 0, was sent.
    public long sentNanos(int number) {
        return frameNanos.getOrDefault(number, -1L);
    }

    /// Encoders that restart number their packets from somewhere else.
    public void jumpTo(int newSeq16) {
        seq16 = newSeq16;
        keyWanted = true;
    }

    public void tick(long nowNanos) {
        heardNanos = nowNanos;
        if (startNanos < 0) {
            startNanos = nowNanos;
            nextNanos = nowNanos;
            nextReportNanos = nowNanos + 300_000_000L;
        }
        while (nextNanos <= nowNanos) {
            if (talking) {
                capture(nextNanos);
            }
            nextNanos +=
                    !video
                            ? VOICE_NANOS
                            : encoder == null ? PICTURE_NANOS : BrowserEncoder.PICTURE_NANOS;
        }
        if (nowNanos >= nextReportNanos) {
            nextReportNanos += 1_000_000_000L;
            report(nowNanos);
        }
    }

    /// The timestamp of what is captured at a moment.
    public int timestampAt(long nanos) {
        return firstTimestamp + (int) ((nanos - startNanos) / 1_000 * clockRate / 1_000_000);
    }

    private void capture(long nowNanos) {
        int timestamp = timestampAt(nowNanos);
        frameNanos.put(frame, heardNanos);
        if (!video) {
            byte[] voice = new Voice(number, frame++).toPayload();
            speak(Arrays.copyOf(voice, Math.max(voiceBytes, voice.length)), timestamp);
            return;
        }
        BrowserEncoder browser = encoder;
        boolean resized = browser != null && browser.follow(limit, nowNanos);
        boolean key = keyWanted || resized;
        keyWanted = false;
        keyFramesSent += key ? 1 : 0;
        int parts = key ? largestFrame * 2 : 1 + random.nextInt(largestFrame);
        int size = 300;
        if (browser != null || bitsPerSecond > 0) {
            int bytes = browser == null ? encodedBytes(key) : browser.bytes(key);
            if (bytes == 0) {
                return;
            }
            parts = 1 + bytes / LARGEST_PAYLOAD;
            size = bytes / parts - RTP_HEADER;
        }
        List<byte[]> payloads = Pictures.frame(number, frame++, key, parts, size);
        for (int i = 0; i < payloads.size(); i++) {
            byte[] payload = payloads.get(i);
            byte[] numbered =
                    rid.isEmpty() ? payload : Pictures.numbered(payload, frame + 5_000 * number);
            send(numbered, timestamp, i == payloads.size() - 1);
        }
    }

    private void speak(byte[] voice, int timestamp) {
        if (redundantType == 0) {
            send(payloadType, voice, timestamp, false);
            return;
        }
        var blocks = new ArrayList<RedBytes.Block>();
        said.forEach((then, older) -> blocks.add(new RedBytes.Block(timestamp - then, older)));
        blocks.add(new RedBytes.Block(0, voice));
        blocks.removeIf(block -> block.ticksBack() >= 1 << 14 || block.ticksBack() < 0);
        send(redundantType, new RedBytes(payloadType, blocks).toPayload(), timestamp, false);
        said.put(timestamp, voice);
        if (said.size() > generations) {
            said.pollFirstEntry();
        }
    }

    private int encodedBytes(boolean key) {
        long mean = target() / 8 * PICTURE_NANOS / 1_000_000_000L;
        double spread = 0.7 + 0.6 * random.nextDouble();
        return (int) (mean * (key ? KEY_FRAME_TIMES : spread));
    }

    private void send(byte[] payload, int timestamp, boolean marker) {
        send(payloadType, payload, timestamp, marker);
    }

    private void send(int type, byte[] payload, int timestamp, boolean marker) {
        var packet = new RtpBytes(type, marker, seq16, timestamp, ssrc, extensions(false), payload);
        sent.put(seq16, packet);
        sentPayloads.put(seq16, payload);
        seq16 = seq16 + 1 & 0xffff;
        packetsSent++;
        way.accept(packet.toBytes());
    }

    private Map<Integer, byte[]> extensions(boolean repair) {
        int transport = transportSeq16++;
        byte[] transportSeq = {(byte) (transport >> 8), (byte) transport};
        if (!rid.isEmpty()) {
            int id = repair ? Sections.IDS.repairedRid() : Sections.IDS.rid();
            return Map.of(
                    3,
                    transportSeq,
                    Sections.IDS.mid(),
                    mid.getBytes(UTF_8),
                    id,
                    rid.getBytes(UTF_8));
        }
        return video
                ? Map.of(3, transportSeq)
                : Map.of(3, transportSeq, 1, new byte[] {(byte) (0x80 | loudness)});
    }

    /// A probe: padding alone, on the media stream itself.
    public void sendPadding() {
        byte[] padding = new byte[200];
        padding[199] = (byte) 200;
        byte[] bytes =
                new RtpBytes(
                                payloadType,
                                false,
                                seq16,
                                timestampAt(nextNanos),
                                ssrc,
                                extensions(false),
                                padding)
                        .toBytes();
        bytes[0] |= 0x20;
        seq16 = seq16 + 1 & 0xffff;
        way.accept(bytes);
    }

    private void report(long nowNanos) {
        long theirs = nowNanos + ntpOffsetNanos;
        long seconds = theirs / 1_000_000_000L + NTP_ERA_SECONDS;
        long fraction = (theirs % 1_000_000_000L << 32) / 1_000_000_000L;
        way.accept(
                Compound.of(writer -> {
                    writer.senderReport(
                            ssrc, seconds << 32 | fraction, timestampAt(nowNanos), packetsSent, 0);
                    writer.cname(ssrc, new byte[] {'p'});
                }));
    }

    /// Takes what the relay sends to this peer.
    public void receive(byte[] datagram) {
        if (Compound.is(datagram)) {
            int result = RtcpReader.read(datagram, 0, datagram.length, this);
            if (result < 0) {
                throw new AssertionError("the relay sent RTCP that cannot be read: " + result);
            }
        }
    }

    @Override
    public void nack(int senderSsrc, int mediaSsrc, int firstSeq16, int bitmask) {
        if (mediaSsrc != ssrc) {
            return;
        }
        for (int i = 0; i <= 16; i++) {
            if (i == 0 || (bitmask >> i - 1 & 1) != 0) {
                nacked++;
                repeat(firstSeq16 + i & 0xffff);
            }
        }
    }

    private void repeat(int missed) {
        RtpBytes packet = sent.get(missed);
        if (packet == null || rtxSsrc == 0) {
            return;
        }
        byte[] payload =
                ByteBuffer.allocate(packet.payload().length + 2)
                        .putShort((short) missed)
                        .put(packet.payload())
                        .array();
        repeated++;
        way.accept(
                new RtpBytes(
                                rtxPayloadType,
                                packet.marker(),
                                rtxSeq16++ & 0xffff,
                                packet.timestamp(),
                                rtxSsrc,
                                extensions(true),
                                payload)
                        .toBytes());
    }

    @Override
    public void pictureLoss(int senderSsrc, int mediaSsrc) {
        if (mediaSsrc == ssrc) {
            keyFrameRequests++;
            keyWanted = makesKeyFrames;
        }
    }

    @Override
    public void estimatedMaximumBitrate(int senderSsrc, long newLimit) {
        if (video && obedient) {
            limit = newLimit;
        }
    }

    @Override
    public void fullIntraRequest(int senderSsrc, int mediaSsrc, int commandSequence) {
        pictureLoss(senderSsrc, mediaSsrc);
    }

    /// From now on it makes none, whoever asks.
    public void makeNoKeyFrames() {
        makesKeyFrames = false;
    }

    public int keyFrameRequests() {
        return keyFrameRequests;
    }

    public int keyFramesSent() {
        return keyFramesSent;
    }

    public int nacked() {
        return nacked;
    }

    public int packetsSent() {
        return packetsSent;
    }

    public int repeated() {
        return repeated;
    }

    public int frames() {
        return frame;
    }

    public int ssrc() {
        return ssrc;
    }
}
