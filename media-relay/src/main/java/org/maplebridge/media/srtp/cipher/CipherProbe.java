package org.maplebridge.media.srtp.cipher;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.maplebridge.media.srtp.cipher.CipherSource.Direction;

/// The known-answer test new ciphers must pass before they are chosen: byte for byte what the JDK
/// answers, opened again, and a changed bit refused.
final class CipherProbe {
    private static final int HEADER = 20;
    private static final int LENGTH = 167; // no multiple of any block
    private static final long TRAILER = 0x8000_0007L;
    private static final int[] GCM_KEY_LENGTHS = {16, 32};

    private final CipherSource candidate;
    private final CipherSource reference;

    private CipherProbe(CipherSource candidate, CipherSource reference) {
        this.candidate = candidate;
        this.reference = reference;
    }

    static boolean agree(CipherSource candidate, CipherSource reference) {
        try {
            return new CipherProbe(candidate, reference).passes();
        } catch (LinkageError | RuntimeException _) {
            return false;
        }
    }

    private boolean passes() {
        for (int keyLength : GCM_KEY_LENGTHS) {
            if (!gcmPasses(pattern(keyLength), Aead.NO_TRAILER)
                    || !gcmPasses(pattern(keyLength), TRAILER)) {
                return false;
            }
        }
        return counterModePasses(pattern(16)) && hmacPasses(pattern(20));
    }

    private boolean gcmPasses(byte[] key, long trailer) {
        byte[] sealed = seal(candidate, key, trailer);
        byte[] opened = sealed.clone();
        byte[] changed = sealed.clone();
        changed[LENGTH / 2] ^= 1;
        return Arrays.equals(sealed, seal(reference, key, trailer))
                && opens(key, opened, trailer)
                && Arrays.equals(pattern(LENGTH), Arrays.copyOf(opened, LENGTH))
                && !opens(key, changed, trailer);
    }

    private static byte[] seal(CipherSource ciphers, byte[] key, long trailer) {
        try (Arena arena = Arena.ofConfined();
                Aead cipher = ciphers.gcm(key, Direction.SEAL)) {
            MemorySegment memory = packet(arena, LENGTH + Aead.TAG_LENGTH);
            cipher.nonce(0x1234_5678, 0x0bad_cafe_0bad_f00dL);
            cipher.seal(memory, 0, HEADER, LENGTH, trailer);
            return memory.toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private boolean opens(byte[] key, byte[] sealed, long trailer) {
        try (Aead cipher = candidate.gcm(key, Direction.OPEN)) {
            cipher.nonce(0x1234_5678, 0x0bad_cafe_0bad_f00dL);
            return cipher.open(sealed, 0, HEADER, sealed.length, trailer);
        }
    }

    private boolean counterModePasses(byte[] key) {
        byte[] back = crypt(candidate, key);
        boolean same = Arrays.equals(back, crypt(reference, key));
        try (CounterMode cipher = candidate.counterMode(key)) {
            cipher.start(0x1234_5678, 0x0bad_cafe_0bad_0000L);
            cipher.apply(back, 0, LENGTH);
        }
        return same && Arrays.equals(back, pattern(LENGTH));
    }

    private static byte[] crypt(CipherSource ciphers, byte[] key) {
        try (Arena arena = Arena.ofConfined();
                CounterMode cipher = ciphers.counterMode(key)) {
            MemorySegment memory = packet(arena, LENGTH);
            cipher.start(0x1234_5678, 0x0bad_cafe_0bad_0000L);
            cipher.apply(memory, 0, LENGTH);
            return memory.toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private boolean hmacPasses(byte[] key) {
        byte[] signed = sign(candidate, key);
        byte[] changed = signed.clone();
        changed[LENGTH / 2] ^= 1;
        try (HmacSha1 hmac = candidate.hmacSha1(key)) {
            return Arrays.equals(signed, sign(reference, key))
                    && hmac.verify(signed, 0, LENGTH, TRAILER)
                    && !hmac.verify(changed, 0, LENGTH, TRAILER);
        }
    }

    private static byte[] sign(CipherSource ciphers, byte[] key) {
        try (Arena arena = Arena.ofConfined();
                HmacSha1 hmac = ciphers.hmacSha1(key)) {
            MemorySegment memory = packet(arena, LENGTH + HmacSha1.TAG_LENGTH);
            hmac.sign(memory, 0, LENGTH, TRAILER);
            return memory.toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private static MemorySegment packet(Arena arena, int bytes) {
        MemorySegment memory = arena.allocate(bytes);
        MemorySegment.copy(pattern(LENGTH), 0, memory, ValueLayout.JAVA_BYTE, 0, LENGTH);
        return memory;
    }

    private static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 5 + 3);
        }
        return bytes;
    }
}
