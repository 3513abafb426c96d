package org.maplebridge.media.rtcp;

import org.maplebridge.media.wire.Bytes;

/// Reads one report block.
///
/// ```
/// |                 SSRC_1 (SSRC of first source)                 |   RFC 3550 §6.4.1
/// | fraction lost |       cumulative number of packets lost       |
/// |           extended highest sequence number received           |
/// |                      interarrival jitter                      |
/// |                         last SR (LSR)                         |
/// |                   delay since last SR (DLSR)                  |
/// ```
public final class ReportBlock {
    public static final int LENGTH = 24;

    private ReportBlock() {}

    public static int ssrc(byte[] data, int offset) {
        return Bytes.i32(data, offset);
    }

    /// In 256ths since the last report.
    public static int fractionLost(byte[] data, int offset) {
        return Bytes.u8(data, offset + 4);
    }

    /// Signed 24 bits: duplicates make it negative.
    public static int cumulativeLost(byte[] data, int offset) {
        return Bytes.i32(data, offset + 4) << 8 >> 8;
    }

    public static long extendedHighestSequence(byte[] data, int offset) {
        return Bytes.u32(data, offset + 8);
    }

    /// In RTP ticks.
    public static long jitterTicks(byte[] data, int offset) {
        return Bytes.u32(data, offset + 12);
    }

    /// Middle 32 bits of the last sender report's NTP time, 0 before the first.
    public static int lastSenderReport(byte[] data, int offset) {
        return Bytes.i32(data, offset + 16);
    }

    /// In 65,536ths of a second.
    public static int delaySinceLastSenderReport(byte[] data, int offset) {
        return Bytes.i32(data, offset + 20);
    }

    /// Round trip in 65,536ths of a second when this block arrives at `nowNtpMiddle` (the middle 32
    /// bits of now), or -1 while unknown (RFC 3550 §6.4.1, figure 2).
    public static int roundTrip(byte[] data, int offset, int nowNtpMiddle) {
        int last = lastSenderReport(data, offset);
        if (last == 0) {
            return -1;
        }
        int roundTrip = nowNtpMiddle - last - delaySinceLastSenderReport(data, offset);
        // Clocks are read apart and rounded: a little below zero is "at once", far below is a lie.
        return roundTrip >= 0 ? roundTrip : roundTrip > -0x1_0000 ? 0 : -1;
    }
}
