package org.maplebridge.media.srtp.cipher;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import org.maplebridge.media.wire.Bytes;

/// AES-GCM of Intel's Multi-Buffer Crypto library: one call for a packet.
///
/// Thread: its leg's media loop.
final class IpsecMbGcm implements Aead {
    // What the calls read and write besides the packet, side by side.
    private static final long STATE = IpsecMb.KEY_BYTES;
    private static final long NONCE = STATE + IpsecMb.STATE_BYTES;
    private static final long TAG = NONCE + 16;
    private static final long HEADER = TAG + TAG_LENGTH;
    private static final int LONGEST_HEADER = 64;
    private static final int TRAILER_BYTES = 4;
    private static final long MEMORY_BYTES = HEADER + LONGEST_HEADER + TRAILER_BYTES;

    private final boolean longKey;
    private final MemorySegment own = Arena.ofAuto().allocate(MEMORY_BYTES, 64);
    private final long at = own.address();
    private final MemorySegment header = own.asSlice(HEADER);
    private boolean closed;

    IpsecMbGcm(byte[] key) {
        longKey = key.length == 32;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment nativeKey = arena.allocateFrom(ValueLayout.JAVA_BYTE, key);
            IpsecMb.expand(longKey, nativeKey.address(), at);
            nativeKey.fill((byte) 0);
        }
    }

    @Override
    public void nonce(int high, long low) {
        own.set(Bytes.INT, NONCE, high);
        own.set(Bytes.LONG, NONCE + 4, low);
    }

    @Override
    public void seal(
            MemorySegment memory, long offset, int headerLength, int length, long trailer) {
        requireOpen();
        long packet = memory.address() + offset;
        long authenticated = packet;
        int authenticatedLength = headerLength;
        if (trailer != NO_TRAILER) {
            authenticatedLength = gather(memory, offset, headerLength, trailer);
            authenticated = at + HEADER;
        }
        try {
            IpsecMb.seal(
                    longKey,
                    at,
                    at + STATE,
                    packet + headerLength,
                    length - headerLength,
                    at + NONCE,
                    authenticated,
                    authenticatedLength,
                    packet + length);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public boolean open(byte[] data, int offset, int headerLength, int length, long trailer) {
        requireOpen();
        int textLength = length - headerLength - TAG_LENGTH;
        MemorySegment heap = MemorySegment.ofArray(data);
        MemorySegment authenticated = heap.asSlice(offset);
        int authenticatedLength = headerLength;
        if (trailer != NO_TRAILER) {
            authenticatedLength = gather(heap, offset, headerLength, trailer);
            authenticated = header;
        }
        try {
            IpsecMb.open(
                    longKey,
                    at,
                    at + STATE,
                    heap.asSlice(offset + headerLength),
                    textLength,
                    at + NONCE,
                    authenticated,
                    authenticatedLength,
                    at + TAG);
        } finally {
            Reference.reachabilityFence(this);
        }
        int tag = offset + length - TAG_LENGTH;
        // Both halves in any case: how long it takes must not tell how much was right.
        return ((own.get(Bytes.LONG, TAG) ^ Bytes.i64(data, tag))
                        | (own.get(Bytes.LONG, TAG + 8) ^ Bytes.i64(data, tag + 8)))
                == 0;
    }

    /// Under a key that was wiped everybody could read.
    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("these keys are gone");
        }
    }

    /// Puts header and trailer side by side, as the library wants them.
    private int gather(MemorySegment memory, long offset, int headerLength, long trailer) {
        if (headerLength > LONGEST_HEADER) {
            throw new IllegalArgumentException("nobody authenticates so long a header");
        }
        MemorySegment.copy(memory, offset, own, HEADER, headerLength);
        own.set(Bytes.INT, HEADER + headerLength, (int) trailer);
        return headerLength + TRAILER_BYTES;
    }

    /// The memory goes with this object; keys go at once.
    @Override
    public void close() {
        closed = true;
        own.fill((byte) 0);
    }
}
