package org.maplebridge.media.srtp;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.maplebridge.media.srtp.cipher.CipherSource;
import org.maplebridge.media.srtp.cipher.CounterMode;
import org.maplebridge.media.srtp.cipher.HmacSha1;
import org.maplebridge.media.wire.Bytes;

/// AES counter mode with HMAC-SHA1 (RFC 3711 §4.1.1, §4.2.1): tag at the very end, SRTCP's index
/// word in front of it.
///
/// Thread: its leg's media loop.
final class CounterModeProtection implements PacketProtection {
    private static final int AUTHENTICATION_KEY_LENGTH = 20;
    private static final int SESSION_SALT_LENGTH = 14;

    private final CounterMode rtpCipher;
    private final CounterMode rtcpCipher;
    private final HmacSha1 rtpMac;
    private final HmacSha1 rtcpMac;
    private final byte[] rtpSalt;
    private final byte[] rtcpSalt;

    CounterModeProtection(SrtpProfile profile, KeyDerivation keys, CipherSource ciphers) {
        int key = profile.keyLength();
        int macKey = AUTHENTICATION_KEY_LENGTH;
        rtpCipher = ciphers.counterMode(keys.derive(KeyDerivation.RTP_KEY, key));
        rtcpCipher = ciphers.counterMode(keys.derive(KeyDerivation.RTCP_KEY, key));
        rtpMac = ciphers.hmacSha1(keys.derive(KeyDerivation.RTP_AUTHENTICATION, macKey));
        rtcpMac = ciphers.hmacSha1(keys.derive(KeyDerivation.RTCP_AUTHENTICATION, macKey));
        rtpSalt = blockOf(keys.derive(KeyDerivation.RTP_SALT, SESSION_SALT_LENGTH));
        rtcpSalt = blockOf(keys.derive(KeyDerivation.RTCP_SALT, SESSION_SALT_LENGTH));
    }

    @Override
    public void sealRtp(
            MemorySegment memory,
            long offset,
            int headerLength,
            int length,
            int ssrc,
            long packetIndex) {
        start(rtpCipher, rtpSalt, ssrc, packetIndex);
        rtpCipher.apply(memory, offset + headerLength, length - headerLength);
        rtpMac.sign(memory, offset, length, packetIndex >>> 16);
    }

    @Override
    public boolean openRtp(
            byte[] data, int offset, int headerLength, int length, int ssrc, long packetIndex) {
        int clear = length - HmacSha1.TAG_LENGTH;
        if (!rtpMac.verify(data, offset, clear, packetIndex >>> 16)) {
            return false;
        }
        start(rtpCipher, rtpSalt, ssrc, packetIndex);
        rtpCipher.apply(data, offset + headerLength, clear - headerLength);
        return true;
    }

    @Override
    public void sealRtcp(MemorySegment memory, long offset, int length, int ssrc, int indexWord) {
        start(rtcpCipher, rtcpSalt, ssrc, indexWord & ~ENCRYPTED);
        rtcpCipher.apply(memory, offset + RTCP_CLEAR, length - RTCP_CLEAR);
        memory.set(Bytes.INT, offset + length, indexWord);
        rtcpMac.sign(memory, offset, length + 4, HmacSha1.NO_TRAILER);
    }

    @Override
    public int indexWordAt(int length) {
        return length - HmacSha1.TAG_LENGTH - 4;
    }

    @Override
    public boolean openRtcp(byte[] data, int offset, int length, int ssrc, int indexWord) {
        int signed = length - HmacSha1.TAG_LENGTH;
        if (!rtcpMac.verify(data, offset, signed, HmacSha1.NO_TRAILER)) {
            return false;
        }
        start(rtcpCipher, rtcpSalt, ssrc, indexWord & ~ENCRYPTED);
        rtcpCipher.apply(data, offset + RTCP_CLEAR, signed - 4 - RTCP_CLEAR);
        return true;
    }

    /// salt × 2^16 XOR SSRC × 2^64 XOR number × 2^16 (RFC 3711 §4.1.1).
    private static void start(CounterMode cipher, byte[] salt, int ssrc, long index) {
        long high = Bytes.i64(salt, 0) ^ Integer.toUnsignedLong(ssrc);
        cipher.start(high, Bytes.i64(salt, 8) ^ index << 16);
    }

    private static byte[] blockOf(byte[] salt) {
        return Arrays.copyOf(salt, 16);
    }

    @Override
    public void close() {
        rtpCipher.close();
        rtcpCipher.close();
        rtpMac.close();
        rtcpMac.close();
    }
}
