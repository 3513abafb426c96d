package org.maplebridge.media.forward;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.congestion.Downlink;
import org.maplebridge.media.rtp.PictureNumbers;
import org.maplebridge.media.rtp.Red;
import org.maplebridge.media.rtp.RtpHeaderWriter;
import org.maplebridge.media.rtp.Rtx;
import org.maplebridge.media.sdp.CodecFormat;
import org.maplebridge.media.sdp.ExtensionIds;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.sdp.NegotiatedMedia;
import org.maplebridge.media.wire.Bytes;
import org.maplebridge.media.wire.Datagrams;
import org.maplebridge.media.wire.DropReason;
import org.maplebridge.media.wire.OutboundBatch;
import org.maplebridge.media.wire.PeerPath;

/// Writes a packet as its subscriber knows it: own SSRC, numbers, payload type and extensions.
///
/// The MID is on every packet: browsers then find the section without knowing the SSRC (RFC 9143
/// §9.2), and packets of equal payload stay equally long, which lets them leave in one system call.
///
/// Thread: its media loop.
final class SlotWriter {
    /// Room that a header with MID and audio level, an original sequence number and a tag need.
    private static final int OVERHEAD = 12 + 4 + 40 + Rtx.OVERHEAD + 16;

    /// What most packets really have of it.
    static final int USUAL_OVERHEAD = 12 + 4 + 8 + 16;

    private static final int LONGEST_MID = 16;

    /// Zeros, and how many they are with that number itself (RFC 3550 §5.1).
    private static final byte[] PADDING = new byte[Downlink.PADDING_BYTES - USUAL_OVERHEAD];

    static {
        PADDING[PADDING.length - 1] = (byte) PADDING.length;
    }

    /// Of the two-byte form (RFC 8285 §4.3).
    private static final int LONGEST_EXTENSION = 255;

    /// Where in a dependency descriptor the frame's number ends.
    private static final int FRAME_NUMBER_END = 3;

    private final SlotExit exit;
    private final @Nullable Downlink downlink;
    private final boolean voice;
    private final SlotFormats formats;
    private final ExtensionIds ids;
    private final byte[] mid;
    private final RtpHeaderWriter header;
    private final int ssrc;
    private final int rtxSsrc;
    private final PictureNumbers pictures = new PictureNumbers();
    private final byte[] descriptor;
    private long rtxIndex;

    /// First packet of its stretch, so that a retransmission carries the same marker.
    private long firstSeq;

    SlotWriter(NegotiatedMedia section, SlotExit exit, IntSupplier randomInts) {
        this.exit = exit;
        this.downlink = exit.downlink();
        this.voice = section.kind() == MediaKind.AUDIO;
        this.formats = new SlotFormats(section.codecs());
        this.ids = section.extensions();
        byte[] name = section.mid().getBytes(StandardCharsets.UTF_8);
        this.mid = name.length <= LONGEST_MID ? name : new byte[0];
        this.header =
                new RtpHeaderWriter(
                        Math.max(ids.mid(), ids.audioLevel()) > 14 || ids.dependency() != 0);
        this.descriptor = new byte[ids.dependency() == 0 ? 0 : LONGEST_EXTENSION];
        this.ssrc = section.localSsrc();
        this.rtxSsrc = section.localRtxSsrc();
        this.rtxIndex = randomInts.getAsInt() & 0x7fff; // see OutboundSrtp: below 32,768
    }

    boolean understands(CodecFormat format) {
        return formats.select(format);
    }

    /// Whether the subscriber takes voice with older packets along (RFC 2198).
    boolean takesRedundancy() {
        return formats.redundantType() >= 0;
    }

    int ssrc() {
        return ssrc;
    }

    /// The packet `inputSeq` is the first of something new.
    void begin(long inputSeq) {
        pictures.begin();
        firstSeq = inputSeq;
    }

    /// @param older what goes along; null or none for the packet alone
    /// @return bytes sent, or the code of a drop reason
    int write(
            MediaPacket packet,
            @Nullable OlderVoice older,
            long seq,
            int timestamp,
            long nowNanos,
            OutboundBatch out) {
        if (!formats.select(packet.format)) {
            return DropReason.UNKNOWN_STREAM.code();
        }
        return send(
                packet, OlderVoice.any(older) ? older : null, seq, timestamp, false, nowNanos, out);
    }

    /// As [#write], for a packet that went out before: in a stream of its own where the subscriber
    /// agreed on one (RFC 4588 §4), else exactly as it was. What carried a transport-wide number
    /// cannot be as it was, and a packet number never protects two packets: it is not repeated.
    int writeAgain(MediaPacket packet, long seq, int timestamp, long nowNanos, OutboundBatch out) {
        if (!formats.select(packet.format)) {
            return DropReason.UNKNOWN_STREAM.code();
        }
        return ownStream() || downlink == null || !numbered()
                ? send(packet, null, seq, timestamp, ownStream(), nowNanos, out)
                : DropReason.UNKNOWN_STREAM.code();
    }

    /// Sends padding alone, on the stream of repeats, where it takes no place of a picture's packet
    /// (RFC 3550 §5.1, RFC 4588 §4): nothing but what the way makes of it counts.
    ///
    /// @return bytes sent, or the code of a drop reason
    int pad(int timestamp, long nowNanos, OutboundBatch out) {
        PeerPath path = exit.path();
        Downlink counting = downlink;
        if (path == null || counting == null || ids.transportWide() == 0 || !ownStream()) {
            return DropReason.NO_KEYS.code();
        }
        long at = out.claim();
        MemorySegment memory = out.memory();
        long index = rtxIndex++;
        int type = formats.retransmissionType();
        header.begin(memory, at, false, type, (int) index & 0xffff, timestamp, rtxSsrc);
        header.extension(ids.mid(), mid);
        header.extension16(ids.transportWide(), counting.pictureNumber());
        header.padded();
        int headerLength = header.end();
        long to = at + headerLength;
        MemorySegment.copy(PADDING, 0, memory, ValueLayout.JAVA_BYTE, to, PADDING.length);
        int plain = headerLength + PADDING.length;
        int length = exit.protectRtp(memory, at, headerLength, plain, rtxSsrc, index);
        out.commit(path, length);
        counting.paddingLeft(length, nowNanos);
        return length;
    }

    private boolean ownStream() {
        return rtxSsrc != 0 && formats.retransmissionType() >= 0;
    }

    /// Whether packets of the selected format carry transport-wide numbers: voice, which is not
    /// asked for again, and pictures that are repeated in a stream of their own.
    private boolean numbered() {
        return ids.transportWide() != 0 && (voice || ownStream());
    }

    private int send(
            MediaPacket packet,
            @Nullable OlderVoice older,
            long seq,
            int timestamp,
            boolean rtx,
            long nowNanos,
            OutboundBatch out) {
        PeerPath path = exit.path();
        if (path == null) {
            return DropReason.NO_KEYS.code();
        }
        int payload = packet.payloadLength;
        int along = older == null ? 0 : older.bytes();
        if (payload + along + packet.descriptorLength + OVERHEAD > Datagrams.MAX_LENGTH) {
            return DropReason.OVERSIZED.code();
        }
        long at = out.claim();
        MemorySegment memory = out.memory();
        long index = rtx ? rtxIndex++ : seq;
        int type =
                rtx
                        ? formats.retransmissionType()
                        : older == null ? formats.payloadType() : formats.redundantType();
        int stream = rtx ? rtxSsrc : ssrc;
        header.begin(memory, at, marker(packet), type, (int) index & 0xffff, timestamp, stream);
        header.extension(ids.mid(), mid);
        if (packet.audioLevel != MediaPacket.NO_AUDIO_LEVEL) {
            header.extension8(ids.audioLevel(), packet.audioLevel);
        }
        if (packet.descriptorLength >= FRAME_NUMBER_END) {
            describe(packet);
        }
        Downlink counting = downlink;
        if (counting != null && numbered()) {
            number(counting, nowNanos);
        }
        int headerLength = header.end();
        long to = at + headerLength;
        if (rtx) {
            to = Rtx.putOriginalSequence(memory, to, (int) seq & 0xffff);
        }
        if (older != null) {
            to = putOlder(memory, to, older, packet.timestamp);
        }
        MemorySegment.copy(packet.payload, 0, memory, ValueLayout.JAVA_BYTE, to, payload);
        switch (packet.format.name()) {
            case VP8 -> pictures.writeVp8(packet.payload, payload, memory, to);
            case VP9 -> pictures.writeVp9(packet.payload, payload, memory, to);
            case AV1, H264, OPUS, RED -> {}
        }
        int plain = (int) (to - at) + payload;
        int length = exit.protectRtp(memory, at, headerLength, plain, stream, index);
        out.commit(path, length);
        if (counting != null) {
            note(counting, rtx, length, nowNanos);
        }
        return length;
    }

    /// A resolution's line holds all that its frames build on, so its descriptors hold for it too:
    /// but for their numbers, where it is another publisher's now.
    private void describe(MediaPacket packet) {
        int at = packet.payloadLength;
        if (ids.dependency() == 0) {
            return;
        }
        int number = pictures.frame(Bytes.u16(packet.payload, at + 1));
        System.arraycopy(packet.payload, at, descriptor, 0, packet.descriptorLength);
        descriptor[1] = (byte) (number >> 8);
        descriptor[2] = (byte) number;
        header.extension(ids.dependency(), descriptor, 0, packet.descriptorLength);
    }

    private long putOlder(MemorySegment memory, long offset, OlderVoice older, int timestamp) {
        int type = formats.payloadType();
        long to = offset;
        for (int i = 0; i < older.count(); i++) {
            MediaPacket block = older.packet(i);
            int ticksBack = timestamp - block.timestamp;
            to = Red.putHead(memory, to, type, ticksBack, block.payloadLength);
        }
        to = Red.putPrimaryHead(memory, to, type);
        for (int i = 0; i < older.count(); i++) {
            MediaPacket block = older.packet(i);
            int length = block.payloadLength;
            MemorySegment.copy(block.payload, 0, memory, ValueLayout.JAVA_BYTE, to, length);
            to += length;
        }
        return to;
    }

    /// The first packet of a talker begins a talkspurt (RFC 3551 §4.1).
    private boolean marker(MediaPacket packet) {
        return packet.marker || voice && packet.seq == firstSeq;
    }

    private void number(Downlink counting, long nowNanos) {
        int number = voice ? counting.voiceNumber(nowNanos) : counting.pictureNumber();
        if (number != Downlink.NO_NUMBER) {
            header.extension16(ids.transportWide(), number);
        }
    }

    private void note(Downlink counting, boolean again, int length, long nowNanos) {
        if (voice) {
            counting.voiceLeft(ssrc, length, nowNanos);
        } else if (again) {
            counting.repeatLeft(length, nowNanos);
        } else {
            counting.pictureLeft(length, nowNanos);
        }
    }
}
