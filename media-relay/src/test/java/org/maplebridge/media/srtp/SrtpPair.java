package org.maplebridge.media.srtp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.maplebridge.media.wire.Bytes;

/// A sender and a receiver who share keys.
final class SrtpPair {
    final OutboundSrtp sender;
    final InboundSrtp receiver;
    private final MemorySegment memory = Arena.ofAuto().allocate(2_048);

    SrtpPair(SrtpProfile profile, SrtpCiphers ciphers) {
        this(profile, ciphers, ciphers);
    }

    SrtpPair(SrtpProfile profile, SrtpCiphers sending, SrtpCiphers receiving) {
        SplittableRandom random = new SplittableRandom(profile.dtlsId());
        byte[] key = new byte[profile.keyLength()];
        byte[] salt = new byte[profile.saltLength()];
        random.nextBytes(key);
        random.nextBytes(salt);
        sender = new OutboundSrtp(profile, key, salt, sending);
        receiver = new InboundSrtp(profile, key, salt, receiving);
    }

    /// A protected packet of an SSRC with this number, its payload derived from both.
    byte[] rtp(int ssrc, long packetIndex) {
        return protect(plainRtp(ssrc, packetIndex), 12, packetIndex);
    }

    byte[] protect(byte[] plain, int headerLength, long packetIndex) {
        MemorySegment.copy(plain, 0, memory, ValueLayout.JAVA_BYTE, 7, plain.length);
        int ssrc = Bytes.i32(plain, 8);
        int length = sender.protectRtp(memory, 7, headerLength, plain.length, ssrc, packetIndex);
        return memory.asSlice(7, length).toArray(ValueLayout.JAVA_BYTE);
    }

    byte[] protectRtcp(byte[] plain) {
        MemorySegment.copy(plain, 0, memory, ValueLayout.JAVA_BYTE, 3, plain.length);
        int length = sender.protectRtcp(memory, 3, plain.length);
        return memory.asSlice(3, length).toArray(ValueLayout.JAVA_BYTE);
    }

    int open(byte[] packet) {
        return receiver.unprotectRtp(packet, 0, packet.length);
    }

    static byte[] plainRtp(int ssrc, long packetIndex) {
        byte[] packet = new byte[12 + 25];
        new SplittableRandom(ssrc + packetIndex).nextBytes(packet);
        packet[0] = (byte) 0x80;
        packet[1] = 96;
        Bytes.put16(packet, 2, (int) packetIndex);
        Bytes.put32(packet, 8, ssrc);
        return packet;
    }

    /// A receiver report of this SSRC.
    static byte[] plainRtcp(int ssrc) {
        byte[] packet = new byte[32];
        new SplittableRandom(ssrc).nextBytes(packet);
        Bytes.put32(packet, 0, 0x81c9_0007);
        Bytes.put32(packet, 4, ssrc);
        return packet;
    }
}
