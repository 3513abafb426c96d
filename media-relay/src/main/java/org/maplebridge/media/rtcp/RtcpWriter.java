package org.maplebridge.media.rtcp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.maplebridge.media.wire.Bytes;

/// Writes a compound packet piece by piece into memory. A piece that would not fit is not begun.
///
/// ```
/// writer.begin(memory, at);
/// writer.receiverReport(ours);
/// writer.reportBlock(…);
/// writer.cname(ours, name);
/// int length = writer.length();
/// ```
///
/// Thread: its media loop.
public final class RtcpWriter {
    /// Longest compound: with SRTCP's index and tag it still fits 1,200 bytes.
    public static final int MAX_LENGTH = 1_180;

    static final int NO_ROOM = -1;

    private static final int MAX_BLOCKS = 31;
    private static final int SENDER_REPORT_LENGTH = 28;
    private static final int RECEIVER_REPORT_LENGTH = 8;
    private static final int FEEDBACK_LENGTH = 12;
    private static final int CNAME = 1;
    private static final int MANTISSA_BITS = 18;
    private static final int STREAM_LIMIT_MANTISSA_BITS = 17;

    private MemorySegment memory = MemorySegment.NULL;
    private long start;
    private int limit;
    private int length;
    private int reportAt;
    private int reportType;
    private int blocks;

    /// Begins a compound of at most [#MAX_LENGTH] bytes.
    public void begin(MemorySegment memory, long offset) {
        begin(memory, offset, MAX_LENGTH);
    }

    public void begin(MemorySegment memory, long offset, int limit) {
        this.memory = memory;
        this.start = offset;
        this.limit = limit;
        length = 0;
        blocks = MAX_BLOCKS; // no report begun: no block fits
    }

    /// Bytes written so far.
    public int length() {
        return length;
    }

    /// RFC 3550 §6.4.1; blocks may follow.
    public boolean senderReport(
            int ssrc, long ntpTime, int rtpTimestamp, int packetCount, int octetCount) {
        int at = claim(0, RtcpHeader.SENDER_REPORT, SENDER_REPORT_LENGTH);
        if (at == NO_ROOM) {
            return false;
        }
        put32(at + 4, ssrc);
        memory.set(Bytes.LONG, start + at + 8, ntpTime);
        put32(at + 16, rtpTimestamp);
        put32(at + 20, packetCount);
        put32(at + 24, octetCount);
        beginBlocks(at, RtcpHeader.SENDER_REPORT);
        return true;
    }

    /// RFC 3550 §6.4.2. An empty one is valid: it opens a compound of a leg that receives nothing.
    public boolean receiverReport(int ssrc) {
        int at = claim(0, RtcpHeader.RECEIVER_REPORT, RECEIVER_REPORT_LENGTH);
        if (at == NO_ROOM) {
            return false;
        }
        put32(at + 4, ssrc);
        beginBlocks(at, RtcpHeader.RECEIVER_REPORT);
        return true;
    }

    private void beginBlocks(int at, int type) {
        reportAt = at;
        reportType = type;
        blocks = 0;
    }

    /// Adds a block to the report begun just before, of which there may be 31.
    ///
    /// @param lost fraction in 256ths in the upper 8, cumulative number in the lower 24 bits; see
    ///   [#lost]
    public boolean reportBlock(
            int ssrc,
            int lost,
            int extendedHighestSequence,
            int jitterTicks,
            int lastSenderReport,
            int delaySinceLastSenderReport) {
        if (blocks == MAX_BLOCKS || length + ReportBlock.LENGTH > limit) {
            return false;
        }
        put32(length, ssrc);
        put32(length + 4, lost);
        put32(length + 8, extendedHighestSequence);
        put32(length + 12, jitterTicks);
        put32(length + 16, lastSenderReport);
        put32(length + 20, delaySinceLastSenderReport);
        length += ReportBlock.LENGTH;
        blocks++;
        put32(reportAt, RtcpHeader.word(blocks, reportType, length - reportAt));
        return true;
    }

    /// Packs a report block's loss word; the cumulative number is held within 24 signed bits (RFC
    /// 3550 §A.3).
    public static int lost(int fraction256, long cumulative) {
        long clamped = Math.clamp(cumulative, -0x80_0000L, 0x7f_ffffL);
        return Math.clamp(fraction256, 0, 255) << 24 | ((int) clamped & 0xff_ffff);
    }

    /// A description with a CNAME only (RFC 3550 §6.5.1).
    ///
    /// @param name at most 255 bytes
    public boolean cname(int ssrc, byte[] name) {
        if (name.length > 255) {
            throw new IllegalArgumentException("CNAME longer than its length byte can say");
        }
        int end = 10 + name.length; // header, SSRC, item head, name; then one to four zeros
        int at = claim(1, RtcpHeader.SOURCE_DESCRIPTION, (end + 4) & ~3);
        if (at == NO_ROOM) {
            return false;
        }
        put32(length - 4, 0);
        put32(at + 4, ssrc);
        put16(at + 8, CNAME << 8 | name.length);
        MemorySegment.copy(name, 0, memory, ValueLayout.JAVA_BYTE, start + at + 10, name.length);
        return true;
    }

    /// Asks again for the ascending sequence numbers `seqs[from, to)` (RFC 4585 §6.2.1).
    ///
    /// @return how many were taken; the rest did not fit
    public int nack(int senderSsrc, int mediaSsrc, int[] seqs, int from, int to) {
        int items = (limit - length - FEEDBACK_LENGTH) / 4;
        if (items <= 0 || from >= to) {
            return 0;
        }
        int at = feedback(RtcpHeader.TRANSPORT_FEEDBACK, RtcpHeader.NACK, senderSsrc, mediaSsrc, 0);
        int next = from;
        while (next < to && items-- > 0) {
            int first = seqs[next++];
            int bitmask = 0;
            while (next < to && distance(first, seqs[next]) <= 16) {
                bitmask |= 1 << (distance(first, seqs[next++]) - 1);
            }
            put16(length, first);
            put16(length + 2, bitmask);
            length += 4;
        }
        put32(at, RtcpHeader.word(RtcpHeader.NACK, RtcpHeader.TRANSPORT_FEEDBACK, length - at));
        return next - from;
    }

    /// 1 to 65,536.
    private static int distance(int from, int to) {
        return ((to - from - 1) & 0xffff) + 1;
    }

    /// RFC 4585 §6.3.1.
    public boolean pictureLoss(int senderSsrc, int mediaSsrc) {
        return feedback(
                        RtcpHeader.PAYLOAD_FEEDBACK,
                        RtcpHeader.PICTURE_LOSS,
                        senderSsrc,
                        mediaSsrc,
                        0)
                != NO_ROOM;
    }

    /// RFC 5104 §4.3.1.
    ///
    /// @param commandSequence raised with each new request, kept for a repeat
    public boolean fullIntraRequest(int senderSsrc, int mediaSsrc, int commandSequence) {
        int at =
                feedback(
                        RtcpHeader.PAYLOAD_FEEDBACK,
                        RtcpHeader.FULL_INTRA_REQUEST,
                        senderSsrc,
                        0, // the medium stands in the entry
                        8);
        if (at == NO_ROOM) {
            return false;
        }
        put32(at + 12, mediaSsrc);
        put32(at + 16, commandSequence << 24);
        return true;
    }

    /// Asks to send at most so much, all streams together (draft-alvestrand-rmcat-remb-03 §2.2).
    ///
    /// @param limitedSsrc the stream the limit is for; receivers of the message do not look at it
    public boolean maximumBitrate(int senderSsrc, long bitsPerSecond, int limitedSsrc) {
        int at =
                feedback(
                        RtcpHeader.PAYLOAD_FEEDBACK,
                        RtcpHeader.APPLICATION,
                        senderSsrc,
                        0, // no single medium
                        12);
        if (at == NO_ROOM) {
            return false;
        }
        int exponent = Math.max(0, 64 - MANTISSA_BITS - Long.numberOfLeadingZeros(bitsPerSecond));
        int mantissa = (int) (bitsPerSecond >> exponent);
        put32(at + 12, RtcpHeader.REMB);
        put32(at + 16, 1 << 24 | exponent << MANTISSA_BITS | mantissa);
        put32(at + 20, limitedSsrc);
        return true;
    }

    /// Asks to send at most so much of one stream (RFC 5104 §4.2.1).
    public boolean streamLimit(int senderSsrc, int mediaSsrc, long bitsPerSecond) {
        int at =
                feedback(
                        RtcpHeader.TRANSPORT_FEEDBACK,
                        RtcpHeader.STREAM_LIMIT,
                        senderSsrc,
                        0, // the medium stands in the entry
                        8);
        if (at == NO_ROOM) {
            return false;
        }
        int bits = 64 - Long.numberOfLeadingZeros(bitsPerSecond);
        int exponent = Math.max(0, bits - STREAM_LIMIT_MANTISSA_BITS);
        put32(at + 12, mediaSsrc);
        put32(at + 16, exponent << 26 | (int) (bitsPerSecond >> exponent) << 9);
        return true;
    }

    /// RFC 3550 §6.6.
    public boolean bye(int ssrc) {
        int at = claim(1, RtcpHeader.BYE, 8);
        if (at == NO_ROOM) {
            return false;
        }
        put32(at + 4, ssrc);
        return true;
    }

    /// Begins a feedback packet with room for its entries; answers where, or [#NO_ROOM].
    int feedback(int type, int format, int senderSsrc, int mediaSsrc, int entryBytes) {
        int at = claim(format, type, FEEDBACK_LENGTH + entryBytes);
        if (at != NO_ROOM) {
            put32(at + 4, senderSsrc);
            put32(at + 8, mediaSsrc);
        }
        return at;
    }

    int room() {
        return limit - length;
    }

    void put8(int at, int value) {
        memory.set(ValueLayout.JAVA_BYTE, start + at, (byte) value);
    }

    void put16(int at, int value) {
        memory.set(Bytes.SHORT, start + at, (short) value);
    }

    void put32(int at, int value) {
        memory.set(Bytes.INT, start + at, value);
    }

    /// Begins a packet and writes its header; a report begun before takes no more blocks.
    private int claim(int count, int type, int packetLength) {
        if (length + packetLength > limit) {
            return NO_ROOM;
        }
        int at = length;
        put32(at, RtcpHeader.word(count, type, packetLength));
        length += packetLength;
        blocks = MAX_BLOCKS;
        return at;
    }
}
