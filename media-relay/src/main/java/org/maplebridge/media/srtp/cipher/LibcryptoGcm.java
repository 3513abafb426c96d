package org.maplebridge.media.srtp.cipher;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import org.maplebridge.media.srtp.cipher.CipherSource.Direction;
import org.maplebridge.media.wire.Bytes;

/// AES-GCM of libcrypto.
///
/// Thread: its leg's media loop.
final class LibcryptoGcm implements Aead {
    // What the calls read and write besides the packet, side by side in `scratch`.
    private static final long NONCE = 0;
    private static final long TRAILER = 12;
    private static final long OUT_LENGTH = 16;
    private static final long TAG_NAME = 24;
    private static final long TAG = 32;
    private static final long PARAMETERS = 48;
    private static final long SCRATCH_BYTES = PARAMETERS + 2 * 40;

    /// `OSSL_PARAM`: name, type, data, size, answered size; five words, the next one all zero.
    private static final int OCTET_STRING = 5;

    private static final long PARAMETER_DATA = PARAMETERS + 16;

    private final LibcryptoContext context;
    private final MemorySegment scratch = Arena.ofAuto().allocate(SCRATCH_BYTES, 16);
    private final long scratchAt = scratch.address();

    LibcryptoGcm(byte[] key, Direction direction) {
        context =
                new LibcryptoContext(
                        key.length == 32 ? Libcrypto.AES_256_GCM : Libcrypto.AES_128_GCM,
                        key,
                        direction == Direction.SEAL ? Libcrypto.ENCRYPT : Libcrypto.DECRYPT);
        scratch.setString(TAG_NAME, "tag");
        scratch.set(ValueLayout.JAVA_LONG, PARAMETERS, scratchAt + TAG_NAME);
        scratch.set(ValueLayout.JAVA_INT, PARAMETERS + 8, OCTET_STRING);
        scratch.set(ValueLayout.JAVA_LONG, PARAMETERS + 24, TAG_LENGTH);
    }

    @Override
    public void nonce(int high, long low) {
        scratch.set(Bytes.INT, NONCE, high);
        scratch.set(Bytes.LONG, NONCE + 4, low);
    }

    @Override
    public void seal(
            MemorySegment memory, long offset, int headerLength, int length, long trailer) {
        long cipher = context.address();
        long packet = memory.address() + offset;
        long text = packet + headerLength;
        long outLength = scratchAt + OUT_LENGTH;
        try {
            Libcrypto.init(cipher, 0, 0, scratchAt + NONCE, -1);
            Libcrypto.update(cipher, 0, outLength, packet, headerLength);
            authenticateTrailer(cipher, trailer);
            Libcrypto.update(cipher, text, outLength, text, length - headerLength);
            Libcrypto.finish(cipher, scratchAt + TAG, outLength);
            scratch.set(ValueLayout.JAVA_LONG, PARAMETER_DATA, packet + length);
            Libcrypto.get(cipher, scratchAt + PARAMETERS);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public boolean open(byte[] data, int offset, int headerLength, int length, long trailer) {
        long cipher = context.address();
        int textLength = length - headerLength - TAG_LENGTH;
        MemorySegment heap = MemorySegment.ofArray(data);
        MemorySegment header = heap.asSlice(offset);
        MemorySegment text = heap.asSlice(offset + headerLength);
        scratch.set(Bytes.LONG, TAG, Bytes.i64(data, offset + length - TAG_LENGTH));
        scratch.set(Bytes.LONG, TAG + 8, Bytes.i64(data, offset + length - 8));
        long outLength = scratchAt + OUT_LENGTH;
        try {
            Libcrypto.init(cipher, 0, 0, scratchAt + NONCE, -1);
            Libcrypto.updateAny(cipher, MemorySegment.NULL, outLength, header, headerLength);
            authenticateTrailer(cipher, trailer);
            Libcrypto.updateAny(cipher, text, outLength, text, textLength);
            Libcrypto.setTag(cipher, scratchAt + TAG, TAG_LENGTH);
            return Libcrypto.finish(cipher, scratchAt + TAG, outLength);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private void authenticateTrailer(long cipher, long trailer) {
        if (trailer != NO_TRAILER) {
            scratch.set(Bytes.INT, TRAILER, (int) trailer);
            Libcrypto.update(cipher, 0, scratchAt + OUT_LENGTH, scratchAt + TRAILER, 4);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
