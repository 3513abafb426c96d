package org.maplebridge.media.srtp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.maplebridge.media.wire.Bytes;

/// The known-answer test new ciphers must pass: every profile, both packet kinds, byte for byte
/// what the JDK answers, opened again, and a changed bit refused.
final class CipherProbe {
    private static final int PACKET_LENGTH = 167; // no multiple of any block
    private static final int HEADER_LENGTH = 20;
    private static final int SSRC = 0xdecafbad;

    private CipherProbe() {}

    static boolean agree(SrtpCiphers candidate, SrtpCiphers reference) {
        try {
            for (SrtpProfile profile : SrtpProfile.values()) {
                for (boolean rtcp : new boolean[] {false, true}) {
                    byte[] sealed = seal(profile, candidate, rtcp);
                    if (!Arrays.equals(sealed, seal(profile, reference, rtcp))
                            || !opens(profile, candidate, rtcp, sealed.clone())) {
                        return false;
                    }
                    sealed[PACKET_LENGTH / 2] ^= 1;
                    if (opens(profile, candidate, rtcp, sealed)) {
                        return false;
                    }
                }
            }
            return true;
        } catch (RuntimeException _) {
            return false;
        }
    }

    private static byte[] seal(SrtpProfile profile, SrtpCiphers ciphers, boolean rtcp) {
        int overhead = rtcp ? profile.rtcpOverhead() : profile.rtpOverhead();
        try (Arena arena = Arena.ofConfined();
                var outbound = new OutboundSrtp(profile, key(profile), salt(profile), ciphers)) {
            MemorySegment memory = arena.allocate(PACKET_LENGTH + overhead);
            MemorySegment.copy(packet(rtcp), 0, memory, ValueLayout.JAVA_BYTE, 0, PACKET_LENGTH);
            if (rtcp) {
                outbound.protectRtcp(memory, 0, PACKET_LENGTH);
            } else {
                outbound.protectRtp(memory, 0, HEADER_LENGTH, PACKET_LENGTH, SSRC, 7);
            }
            return memory.toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private static boolean opens(
            SrtpProfile profile, SrtpCiphers ciphers, boolean rtcp, byte[] sealed) {
        try (var inbound = new InboundSrtp(profile, key(profile), salt(profile), ciphers)) {
            int length =
                    rtcp
                            ? inbound.unprotectRtcp(sealed, 0, sealed.length)
                            : inbound.unprotectRtp(sealed, 0, sealed.length);
            return length == PACKET_LENGTH
                    && Arrays.equals(packet(rtcp), Arrays.copyOf(sealed, PACKET_LENGTH));
        }
    }

    private static byte[] packet(boolean rtcp) {
        byte[] packet = pattern(PACKET_LENGTH, 3);
        if (rtcp) {
            Bytes.put32(packet, 0, 0x80c9_0001);
            Bytes.put32(packet, 4, SSRC);
        } else {
            Bytes.put32(packet, 0, 0x906f_0007);
            Bytes.put32(packet, 8, SSRC);
            Bytes.put32(packet, 12, 0xbede_0001);
        }
        return packet;
    }

    private static byte[] key(SrtpProfile profile) {
        return pattern(profile.keyLength(), 5);
    }

    private static byte[] salt(SrtpProfile profile) {
        return pattern(profile.saltLength(), 11);
    }

    private static byte[] pattern(int length, int step) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * step + step);
        }
        return bytes;
    }
}
