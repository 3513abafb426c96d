package org.maplebridge.media.rtcp;

/// Reads transport-wide congestion control feedback
/// (draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1).
public final class TransportFeedback {
    /// Hears one packet's fate after the other, in sequence order.
    public interface Arrivals {
        /// @param ticks250us arrival in quarter milliseconds of the receiver's clock, counted from
        ///   that clock's zero within a 24-bit × 64 ms round
        void received(int seq16, long ticks250us);

        void missing(int seq16);
    }

    private TransportFeedback() {}

    /// @param offset of the RTCP header, as [RtcpVisitor#transportFeedback] gives it
    /// @return how many packets it tells of, or a [org.maplebridge.media.wire.DropReason] code;
    ///   then `arrivals` has heard nothing
    public static int read(byte[] data, int offset, int length, Arrivals arrivals) {
        throw new UnsupportedOperationException("coming");
    }

    /// The feedback packet's own 8-bit counter: a gap means that feedback was lost.
    public static int feedbackCount(byte[] data, int offset) {
        return data[offset + 19] & 0xff;
    }
}
