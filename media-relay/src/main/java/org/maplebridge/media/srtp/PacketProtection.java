package org.maplebridge.media.srtp;

import java.lang.foreign.MemorySegment;
import org.maplebridge.media.srtp.cipher.CipherSource;
import org.maplebridge.media.srtp.cipher.CipherSource.Direction;

/// What a profile does to one packet, given its number. Session keys of one direction.
///
/// Thread: its leg's media loop.
interface PacketProtection extends AutoCloseable {
    /// The SRTCP word's first bit: the packet is encrypted (RFC 3711 §3.4).
    int ENCRYPTED = 0x8000_0000;

    /// RTCP bytes in the clear: the first header and SSRC (RFC 3711 §3.4).
    int RTCP_CLEAR = 8;

    static PacketProtection of(
            SrtpProfile profile, KeyDerivation keys, CipherSource ciphers, Direction direction) {
        return profile.isAead()
                ? new GcmProtection(profile, keys, ciphers, direction)
                : new CounterModeProtection(profile, keys, ciphers);
    }

    /// Encrypts in place and adds the tag.
    void sealRtp(
            MemorySegment memory,
            long offset,
            int headerLength,
            int length,
            int ssrc,
            long packetIndex);

    /// Whether the packet is authentic; if so it is decrypted, if not possibly garbled.
    boolean openRtp(
            byte[] data, int offset, int headerLength, int length, int ssrc, long packetIndex);

    /// Encrypts in place and adds tag and index word.
    void sealRtcp(MemorySegment memory, long offset, int length, int ssrc, int indexWord);

    /// Where the index word lies in a protected packet, relative to its begin.
    int indexWordAt(int length);

    /// As [#openRtp].
    boolean openRtcp(byte[] data, int offset, int length, int ssrc, int indexWord);

    @Override
    void close();
}
