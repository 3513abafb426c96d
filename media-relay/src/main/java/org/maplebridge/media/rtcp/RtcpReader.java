package org.maplebridge.media.rtcp;

import org.maplebridge.media.wire.Bytes;
import org.maplebridge.media.wire.DropReason;

/// Reads compound and reduced-size packets (RFC 3550 §6.1, RFC 5506). Never throws, whatever comes.
///
/// The chain of packets must add up to the datagram (RFC 3550 §A.2); inside a packet, what is cut
/// short is left out and unknown kinds are skipped.
public final class RtcpReader {
    private static final int SENDER_INFO = 20;
    private static final int CNAME = 1;

    private RtcpReader() {}

    /// Tells `visitor` what is in the packet.
    ///
    /// @return packets in the compound, or a [DropReason] code when lengths do not add up; then the
    ///   visitor has heard nothing
    public static int read(byte[] data, int offset, int length, RtcpVisitor visitor) {
        int packets = countPackets(data, offset, length);
        int at = offset;
        for (int i = 0; i < packets; i++) {
            int packetLength = RtcpHeader.packetLength(data, at);
            readPacket(data, at, packetLength - padding(data, at, packetLength), visitor);
            at += packetLength;
        }
        return packets;
    }

    private static int countPackets(byte[] data, int offset, int length) {
        int packets = 0;
        int at = 0;
        while (at < length) {
            if (length - at < RtcpHeader.LENGTH || (data[offset + at] & 0xc0) != 0x80) {
                return DropReason.MALFORMED.code();
            }
            int packetLength = RtcpHeader.packetLength(data, offset + at);
            if (at + packetLength > length || padding(data, offset + at, packetLength) < 0) {
                return DropReason.MALFORMED.code();
            }
            at += packetLength;
            packets++;
        }
        return packets > 0 ? packets : DropReason.MALFORMED.code();
    }

    /// Bytes of padding at a packet's end, -1 when their count cannot be true. RFC 3550 §6.4.1
    /// wants whole words of it, in a compound's last packet only. Browsers fill each arrival
    /// feedback up to whole words and count just those one to three bytes: three of four would be
    /// refused.
    private static int padding(byte[] data, int at, int packetLength) {
        if (!RtcpHeader.hasPadding(data, at)) {
            return 0;
        }
        int padding = Bytes.u8(data, at + packetLength - 1);
        return padding > 0 && padding <= packetLength - RtcpHeader.LENGTH ? padding : -1;
    }

    private static void readPacket(byte[] data, int at, int length, RtcpVisitor visitor) {
        switch (RtcpHeader.type(data, at)) {
            case RtcpHeader.SENDER_REPORT -> readSenderReport(data, at, length, visitor);
            case RtcpHeader.RECEIVER_REPORT -> {
                if (length >= 8) {
                    readBlocks(data, at, 8, length, visitor);
                }
            }
            case RtcpHeader.SOURCE_DESCRIPTION -> readDescription(data, at, length, visitor);
            case RtcpHeader.BYE -> readBye(data, at, length, visitor);
            case RtcpHeader.TRANSPORT_FEEDBACK -> {
                if (length >= 12) {
                    readTransportFeedback(data, at, length, visitor);
                }
            }
            case RtcpHeader.PAYLOAD_FEEDBACK -> {
                if (length >= 12) {
                    readPayloadFeedback(data, at, length, visitor);
                }
            }
            default -> {} // other people's packet types may travel along (RFC 3550 §6.1)
        }
    }

    private static void readSenderReport(byte[] data, int at, int length, RtcpVisitor visitor) {
        if (length < 8 + SENDER_INFO) {
            return;
        }
        visitor.senderReport(
                Bytes.i32(data, at + 4),
                Bytes.i64(data, at + 8),
                Bytes.i32(data, at + 16),
                Bytes.i32(data, at + 20),
                Bytes.i32(data, at + 24));
        readBlocks(data, at, 8 + SENDER_INFO, length, visitor);
    }

    private static void readBlocks(byte[] data, int at, int from, int length, RtcpVisitor visitor) {
        int reporter = Bytes.i32(data, at + 4);
        int fitting = (length - from) / ReportBlock.LENGTH;
        int blocks = Math.min(RtcpHeader.count(data, at), fitting);
        for (int i = 0; i < blocks; i++) {
            visitor.reportBlock(reporter, data, at + from + i * ReportBlock.LENGTH);
        }
    }

    /// Chunks of SSRC and items, each ended by a zero and padded to 32 bits (RFC 3550 §6.5).
    private static void readDescription(byte[] data, int at, int length, RtcpVisitor visitor) {
        int end = at + length;
        int chunk = at + RtcpHeader.LENGTH;
        for (int i = RtcpHeader.count(data, at); i > 0 && chunk + 4 <= end; i--) {
            int ssrc = Bytes.i32(data, chunk);
            int item = chunk + 4;
            while (item < end && data[item] != 0) {
                if (item + 2 > end || item + 2 + Bytes.u8(data, item + 1) > end) {
                    return;
                }
                int itemLength = Bytes.u8(data, item + 1);
                if (data[item] == CNAME) {
                    visitor.cname(ssrc, data, item + 2, itemLength);
                }
                item += 2 + itemLength;
            }
            chunk = at + ((item - at + 4) & ~3); // over the zero, up to the next word
        }
    }

    private static void readBye(byte[] data, int at, int length, RtcpVisitor visitor) {
        int sources = Math.min(RtcpHeader.count(data, at), length / 4 - 1);
        for (int i = 0; i < sources; i++) {
            visitor.bye(Bytes.i32(data, at + 4 + 4 * i));
        }
    }

    private static void readTransportFeedback(
            byte[] data, int at, int length, RtcpVisitor visitor) {
        int sender = Bytes.i32(data, at + 4);
        switch (RtcpHeader.count(data, at)) {
            case RtcpHeader.NACK -> {
                int media = Bytes.i32(data, at + 8);
                for (int item = 12; item + 4 <= length; item += 4) {
                    visitor.nack(
                            sender,
                            media,
                            Bytes.u16(data, at + item),
                            Bytes.u16(data, at + item + 2));
                }
            }
            case RtcpHeader.STREAM_LIMIT -> {
                for (int item = 12; item + 8 <= length; item += 8) {
                    visitor.streamLimit(
                            sender,
                            Bytes.i32(data, at + item),
                            streamLimit(Bytes.i32(data, at + item + 4)));
                }
            }
            case RtcpHeader.TRANSPORT_WIDE -> {
                if (length >= TransportFeedback.FIXED_LENGTH) {
                    visitor.transportFeedback(sender, data, at, length);
                }
            }
            default -> {}
        }
    }

    private static void readPayloadFeedback(byte[] data, int at, int length, RtcpVisitor visitor) {
        int sender = Bytes.i32(data, at + 4);
        switch (RtcpHeader.count(data, at)) {
            case RtcpHeader.PICTURE_LOSS -> visitor.pictureLoss(sender, Bytes.i32(data, at + 8));
            case RtcpHeader.FULL_INTRA_REQUEST -> {
                for (int item = 12; item + 8 <= length; item += 8) {
                    visitor.fullIntraRequest(
                            sender, Bytes.i32(data, at + item), Bytes.u8(data, at + item + 4));
                }
            }
            case RtcpHeader.APPLICATION -> {
                if (length >= 20 && Bytes.i32(data, at + 12) == RtcpHeader.REMB) {
                    visitor.estimatedMaximumBitrate(sender, bitrate(Bytes.u24(data, at + 17)));
                }
            }
            default -> {}
        }
    }

    /// 6 bits of exponent, 17 of mantissa, 9 of overhead (RFC 5104 §4.2.1.1).
    private static long streamLimit(int packed) {
        int exponent = packed >>> 26;
        long mantissa = packed >>> 9 & 0x1_ffff;
        return exponent > 45 && mantissa != 0 ? Long.MAX_VALUE : mantissa << exponent;
    }

    /// 6 bits of exponent, 18 of mantissa (draft-alvestrand-rmcat-remb-03 §2.2); what would not fit
    /// a `long` is "no limit".
    private static long bitrate(int packed) {
        int exponent = packed >> 18;
        long mantissa = packed & 0x3_ffff;
        return exponent > 44 && mantissa != 0 ? Long.MAX_VALUE : mantissa << exponent;
    }
}
