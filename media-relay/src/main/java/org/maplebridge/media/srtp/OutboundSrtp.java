package org.maplebridge.media.srtp;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.maplebridge.media.srtp.cipher.CipherSource.Direction;
import org.maplebridge.media.wire.Bytes;
import org.maplebridge.media.wire.DropReason;

/// Protects what one leg sends, in place in native memory.
///
/// Keeps no state per RTP stream: the caller numbers its packets. One pair of SSRC and packet
/// number must never protect two different packets; a retransmission travels in a stream of its
/// own.
///
/// Thread: its leg's media loop.
public final class OutboundSrtp implements AutoCloseable {
    private final SrtpProfile profile;
    private final PacketProtection protection;

    /// One count for all SSRCs: it rises for each of them too (RFC 3711 §3.2.1).
    private int rtcpIndex;

    public OutboundSrtp(SrtpProfile profile, byte[] key, byte[] salt, SrtpCiphers ciphers) {
        this.profile = profile;
        KeyDerivation keys = new KeyDerivation(profile, key, salt);
        this.protection = PacketProtection.of(profile, keys, ciphers.source(), Direction.SEAL);
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
        int protectedLength = length + profile.rtpOverhead();
        checkRoom(memory, offset, protectedLength);
        protection.sealRtp(memory, offset, headerLength, length, ssrc, packetIndex);
        return protectedLength;
    }

    /// Encrypts a compound packet but for its first 8 bytes and adds index and tag; there must be
    /// room for [SrtpProfile#rtcpOverhead()] more bytes.
    ///
    /// @return the new length; or `NO_KEYS` after 2^31 packets, which a key must not outlive (RFC
    ///   3711 §9.2)
    public int protectRtcp(MemorySegment memory, long offset, int length) {
        if (rtcpIndex < 0) {
            return DropReason.NO_KEYS.code();
        }
        int protectedLength = length + profile.rtcpOverhead();
        checkRoom(memory, offset, protectedLength);
        int ssrc = memory.get(Bytes.INT, offset + 4);
        protection.sealRtcp(memory, offset, length, ssrc, rtcpIndex | PacketProtection.ENCRYPTED);
        rtcpIndex++;
        return protectedLength;
    }

    /// The ciphers write by address, where nobody else would notice an overrun.
    private static void checkRoom(MemorySegment memory, long offset, int length) {
        if (!memory.isNative()) {
            throw new IllegalArgumentException("packets are protected in native memory");
        }
        Objects.checkFromIndexSize(offset, length, memory.byteSize());
    }

    /// Frees native keys at once rather than when the collector finds them.
    @Override
    public void close() {
        protection.close();
    }
}
