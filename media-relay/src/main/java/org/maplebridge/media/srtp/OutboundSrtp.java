package org.maplebridge.media.srtp;

import java.lang.foreign.MemorySegment;

/// Protects what one leg sends, in place in native memory.
///
/// Keeps no state per RTP stream: the caller numbers its packets. One pair of key and packet number
/// must never protect two different packets; a retransmission travels in a stream of its own.
///
/// Thread: its leg's media loop.
public final class OutboundSrtp implements AutoCloseable {
    public OutboundSrtp(SrtpProfile profile, byte[] key, byte[] salt, SrtpCiphers ciphers) {
        throw new UnsupportedOperationException("coming");
    }

    /// Encrypts a packet's payload and adds the tag behind it; there must be room for
    /// [SrtpProfile#rtpOverhead()] more bytes.
    ///
    /// @param headerLength up to the payload: with CSRCs and extension
    /// @param ssrc as in the header
    /// @param packetIndex roll-over count × 65,536 + sequence number (RFC 3711 §3.3.1). Start
    ///   streams at a sequence number below 32,768: a receiver that misses the first packets cannot
    ///   know of an early roll-over
    /// @return the new length
    public int protectRtp(
            MemorySegment memory,
            long offset,
            int headerLength,
            int length,
            int ssrc,
            long packetIndex) {
        throw new UnsupportedOperationException("coming");
    }

    /// Encrypts a compound packet but for its first 8 bytes and adds index and tag; there must be
    /// room for [SrtpProfile#rtcpOverhead()] more bytes.
    ///
    /// @return the new length
    public int protectRtcp(MemorySegment memory, long offset, int length) {
        throw new UnsupportedOperationException("coming");
    }

    /// Frees native keys at once rather than when the collector finds them.
    @Override
    public void close() {}
}
