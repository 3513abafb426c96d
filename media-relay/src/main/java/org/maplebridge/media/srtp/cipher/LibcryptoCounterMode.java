package org.maplebridge.media.srtp.cipher;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import org.maplebridge.media.wire.Bytes;

/// AES-128 counter mode of libcrypto.
///
/// Thread: its leg's media loop.
final class LibcryptoCounterMode implements CounterMode {
    private static final long OUT_LENGTH = 16;

    private final LibcryptoContext context;
    private final MemorySegment scratch = Arena.ofAuto().allocate(32, 16);
    private final long scratchAt = scratch.address();

    LibcryptoCounterMode(byte[] key) {
        context = new LibcryptoContext(Libcrypto.AES_128_CTR, key, Libcrypto.ENCRYPT);
    }

    @Override
    public void start(long high, long low) {
        scratch.set(Bytes.LONG, 0, high);
        scratch.set(Bytes.LONG, 8, low);
    }

    @Override
    public void apply(MemorySegment memory, long offset, int length) {
        long cipher = context.address();
        long text = memory.address() + offset;
        try {
            Libcrypto.init(cipher, 0, 0, scratchAt, -1);
            Libcrypto.update(cipher, text, scratchAt + OUT_LENGTH, text, length);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void apply(byte[] data, int offset, int length) {
        long cipher = context.address();
        MemorySegment text = MemorySegment.ofArray(data).asSlice(offset);
        try {
            Libcrypto.init(cipher, 0, 0, scratchAt, -1);
            Libcrypto.updateAny(cipher, text, scratchAt + OUT_LENGTH, text, length);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
