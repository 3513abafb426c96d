package org.maplebridge.media.rtcp;

/// Hears what a compound packet says, in its order. Arrays and offsets are lent for the call.
public interface RtcpVisitor {
    /// RFC 3550 §6.4.1; its report blocks follow through [#reportBlock].
    ///
    /// @param ntpTime seconds since 1900 in the upper, fractions in the lower 32 bits
    default void senderReport(
            int ssrc, long ntpTime, int rtpTimestamp, int packetCount, int octetCount) {}

    /// One block of a sender or receiver report; read it with [ReportBlock].
    default void reportBlock(int reporterSsrc, byte[] data, int offset) {}

    /// RFC 3550 §6.5.1; the name's bytes are UTF-8 by the rule and anything by experience.
    default void cname(int ssrc, byte[] data, int offset, int length) {}

    /// RFC 3550 §6.6.
    default void bye(int ssrc) {}

    /// Asks again for packet `firstSeq16` and, for each bit i of `bitmask`, for the one i + 1 later
    /// (RFC 4585 §6.2.1).
    default void nack(int senderSsrc, int mediaSsrc, int firstSeq16, int bitmask) {}

    /// RFC 4585 §6.3.1.
    default void pictureLoss(int senderSsrc, int mediaSsrc) {}

    /// RFC 5104 §4.3.1.
    ///
    /// @param commandSequence the same for a repeat of the same request
    default void fullIntraRequest(int senderSsrc, int mediaSsrc, int commandSequence) {}

    /// draft-alvestrand-rmcat-remb-03 §2.2.
    default void estimatedMaximumBitrate(int senderSsrc, long bitsPerSecond) {}

    /// At most so much is to be sent of one stream (RFC 5104 §4.2.1, TMMBR).
    default void streamLimit(int senderSsrc, int mediaSsrc, long bitsPerSecond) {}

    /// A transport-wide feedback packet as a whole; read it with [TransportFeedback].
    default void transportFeedback(int senderSsrc, byte[] data, int offset, int length) {}
}
