package org.maplebridge.media.srtp;

import java.lang.foreign.MemorySegment;
import org.maplebridge.media.srtp.cipher.Aead;
import org.maplebridge.media.srtp.cipher.CipherSource;
import org.maplebridge.media.srtp.cipher.CipherSource.Direction;
import org.maplebridge.media.wire.Bytes;

/// The AEAD profiles (RFC 7714): tag behind the text, SRTCP's index word behind the tag.
///
/// Thread: its leg's media loop.
final class GcmProtection implements PacketProtection {
    private static final int SESSION_SALT_LENGTH = 12;

    private final Aead rtp;
    private final Aead rtcp;
    private final byte[] rtpSalt;
    private final byte[] rtcpSalt;

    GcmProtection(
            SrtpProfile profile, KeyDerivation keys, CipherSource ciphers, Direction direction) {
        this(
                ciphers.gcm(keys.derive(KeyDerivation.RTP_KEY, profile.keyLength()), direction),
                keys.derive(KeyDerivation.RTP_SALT, SESSION_SALT_LENGTH),
                ciphers.gcm(keys.derive(KeyDerivation.RTCP_KEY, profile.keyLength()), direction),
                keys.derive(KeyDerivation.RTCP_SALT, SESSION_SALT_LENGTH));
    }

    GcmProtection(Aead rtp, byte[] rtpSalt, Aead rtcp, byte[] rtcpSalt) {
        this.rtp = rtp;
        this.rtpSalt = rtpSalt;
        this.rtcp = rtcp;
        this.rtcpSalt = rtcpSalt;
    }

    @Override
    public void sealRtp(
            MemorySegment memory,
            long offset,
            int headerLength,
            int length,
            int ssrc,
            long packetIndex) {
        nonce(rtp, rtpSalt, ssrc, packetIndex);
        rtp.seal(memory, offset, headerLength, length, Aead.NO_TRAILER);
    }

    @Override
    public boolean openRtp(
            byte[] data, int offset, int headerLength, int length, int ssrc, long packetIndex) {
        nonce(rtp, rtpSalt, ssrc, packetIndex);
        return rtp.open(data, offset, headerLength, length, Aead.NO_TRAILER);
    }

    @Override
    public void sealRtcp(MemorySegment memory, long offset, int length, int ssrc, int indexWord) {
        nonce(rtcp, rtcpSalt, ssrc, indexWord & ~ENCRYPTED);
        rtcp.seal(memory, offset, RTCP_CLEAR, length, Integer.toUnsignedLong(indexWord));
        memory.set(Bytes.INT, offset + length + Aead.TAG_LENGTH, indexWord);
    }

    @Override
    public int indexWordAt(int length) {
        return length - 4;
    }

    @Override
    public boolean openRtcp(byte[] data, int offset, int length, int ssrc, int indexWord) {
        nonce(rtcp, rtcpSalt, ssrc, indexWord & ~ENCRYPTED);
        long trailer = Integer.toUnsignedLong(indexWord);
        return rtcp.open(data, offset, RTCP_CLEAR, length - 4, trailer);
    }

    /// 16 zero bits, SSRC, 48 bits of packet number, all XOR the salt (RFC 7714 §8.1, §9.1).
    private static void nonce(Aead cipher, byte[] salt, int ssrc, long index) {
        int high = ssrc >>> 16;
        long low = (long) ssrc << 48 | index;
        cipher.nonce(high ^ Bytes.i32(salt, 0), low ^ Bytes.i64(salt, 4));
    }

    @Override
    public void close() {
        rtp.close();
        rtcp.close();
    }
}
