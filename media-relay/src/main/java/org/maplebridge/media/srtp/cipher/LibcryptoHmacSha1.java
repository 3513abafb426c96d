package org.maplebridge.media.srtp.cipher;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.maplebridge.media.wire.Bytes;

/// HMAC-SHA1 on libcrypto's SHA-1, whose state after each padded key block is kept: two of the
/// hash's blocks less per packet (RFC 2104 §4).
///
/// Thread: its leg's media loop.
final class LibcryptoHmacSha1 implements HmacSha1 {
    private static final int BLOCK_BYTES = 64;
    private static final int DIGEST_BYTES = 20;

    // Three hash states and two small buffers, side by side.
    private static final long INNER = 0;
    private static final long OUTER = Libcrypto.SHA1_STATE_BYTES;
    private static final long WORK = 2 * Libcrypto.SHA1_STATE_BYTES;
    private static final long DIGEST = 3 * Libcrypto.SHA1_STATE_BYTES;
    private static final long TRAILER = DIGEST + 24;

    private final MemorySegment scratch = Arena.ofAuto().allocate(TRAILER + 8, 16);
    private final long scratchAt = scratch.address();

    LibcryptoHmacSha1(byte[] key) {
        if (key.length > BLOCK_BYTES) {
            throw new IllegalArgumentException("SRTP's keys are shorter than a hash block");
        }
        begin(INNER, key, 0x36);
        begin(OUTER, key, 0x5c);
    }

    private void begin(long state, byte[] key, int pad) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment block = arena.allocate(BLOCK_BYTES).fill((byte) pad);
            for (int i = 0; i < key.length; i++) {
                block.set(ValueLayout.JAVA_BYTE, i, (byte) (key[i] ^ pad));
            }
            Libcrypto.sha1Init(scratchAt + state);
            Libcrypto.sha1Update(scratchAt + state, block.address(), BLOCK_BYTES);
            block.fill((byte) 0);
        }
    }

    @Override
    public void sign(MemorySegment memory, long offset, int length, long trailer) {
        MemorySegment.copy(scratch, INNER, scratch, WORK, Libcrypto.SHA1_STATE_BYTES);
        Libcrypto.sha1Update(scratchAt + WORK, memory.address() + offset, length);
        finish(trailer);
        MemorySegment.copy(scratch, DIGEST, memory, offset + length, TAG_LENGTH);
    }

    @Override
    public boolean verify(byte[] data, int offset, int length, long trailer) {
        MemorySegment.copy(scratch, INNER, scratch, WORK, Libcrypto.SHA1_STATE_BYTES);
        MemorySegment signed = MemorySegment.ofArray(data).asSlice(offset);
        Libcrypto.sha1UpdateAny(scratchAt + WORK, signed, length);
        finish(trailer);
        int tag = offset + length;
        long first = scratch.get(Bytes.LONG, DIGEST) ^ Bytes.i64(data, tag);
        int last = scratch.get(Bytes.SHORT, DIGEST + 8) ^ (short) Bytes.u16(data, tag + 8);
        return (first | last) == 0;
    }

    private void finish(long trailer) {
        if (trailer != NO_TRAILER) {
            scratch.set(Bytes.INT, TRAILER, (int) trailer);
            Libcrypto.sha1Update(scratchAt + WORK, scratchAt + TRAILER, 4);
        }
        Libcrypto.sha1Final(scratchAt + DIGEST, scratchAt + WORK);
        MemorySegment.copy(scratch, OUTER, scratch, WORK, Libcrypto.SHA1_STATE_BYTES);
        Libcrypto.sha1Update(scratchAt + WORK, scratchAt + DIGEST, DIGEST_BYTES);
        Libcrypto.sha1Final(scratchAt + DIGEST, scratchAt + WORK);
    }

    @Override
    public void close() {}
}
