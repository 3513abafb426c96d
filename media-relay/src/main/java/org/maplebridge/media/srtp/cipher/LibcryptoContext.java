package org.maplebridge.media.srtp.cipher;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Cleaner;

/// One keyed cipher of libcrypto. Freed by [#close], at the latest when nobody holds it any more.
///
/// Thread: its leg's media loop.
final class LibcryptoContext implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Cleaner.Cleanable freeing;
    private long address;

    LibcryptoContext(long cipher, byte[] key, int direction) {
        long context = Libcrypto.newContext();
        if (context == 0) {
            throw new IllegalStateException("libcrypto has no memory for another cipher");
        }
        address = context;
        freeing = CLEANER.register(this, () -> Libcrypto.freeContext(context));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment nativeKey = arena.allocateFrom(ValueLayout.JAVA_BYTE, key);
            Libcrypto.init(context, cipher, nativeKey.address(), 0, direction);
            nativeKey.fill((byte) 0);
        }
    }

    /// For calls into the library, each followed by a reachability fence on this object.
    long address() {
        if (address == 0) {
            throw new IllegalStateException("these keys are gone");
        }
        return address;
    }

    @Override
    public void close() {
        address = 0;
        freeing.clean();
    }
}
