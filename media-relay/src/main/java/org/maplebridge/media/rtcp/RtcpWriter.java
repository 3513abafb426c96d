package org.maplebridge.media.rtcp;

import java.lang.foreign.MemorySegment;

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

    /// Begins a compound of at most [#MAX_LENGTH] bytes.
    public void begin(MemorySegment memory, long offset) {
        begin(memory, offset, MAX_LENGTH);
    }

    public void begin(MemorySegment memory, long offset, int limit) {
        throw new UnsupportedOperationException("coming");
    }

    /// Bytes written so far.
    public int length() {
        throw new UnsupportedOperationException("coming");
    }

    public boolean senderReport(
            int ssrc, long ntpTime, int rtpTimestamp, int packetCount, int octetCount) {
        throw new UnsupportedOperationException("coming");
    }

    /// An empty one is valid: it opens a compound of a leg that receives nothing.
    public boolean receiverReport(int ssrc) {
        throw new UnsupportedOperationException("coming");
    }

    /// Adds a block to the report begun last, of which there may be 31.
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
        throw new UnsupportedOperationException("coming");
    }

    /// Packs a report block's loss word; the cumulative number is held within 24 signed bits (RFC
    /// 3550 §A.3).
    public static int lost(int fraction256, long cumulative) {
        long clamped = Math.clamp(cumulative, -0x80_0000L, 0x7f_ffffL);
        return Math.clamp(fraction256, 0, 255) << 24 | ((int) clamped & 0xff_ffff);
    }

    /// A description with a CNAME only.
    public boolean cname(int ssrc, byte[] name) {
        throw new UnsupportedOperationException("coming");
    }

    /// Asks again for the ascending sequence numbers `seqs[from, to)`.
    ///
    /// @return how many were taken; the rest did not fit
    public int nack(int senderSsrc, int mediaSsrc, int[] seqs, int from, int to) {
        throw new UnsupportedOperationException("coming");
    }

    public boolean pictureLoss(int senderSsrc, int mediaSsrc) {
        throw new UnsupportedOperationException("coming");
    }

    /// @param commandSequence raised with each new request, kept for a repeat
    public boolean fullIntraRequest(int senderSsrc, int mediaSsrc, int commandSequence) {
        throw new UnsupportedOperationException("coming");
    }

    public boolean bye(int ssrc) {
        throw new UnsupportedOperationException("coming");
    }
}
