package org.maplebridge.media.srtp.cipher;

import java.lang.foreign.MemorySegment;

/// HMAC-SHA1 cut to its first 80 bits (RFC 3711 §4.2.1).
///
/// Thread: its leg's media loop.
public interface HmacSha1 extends AutoCloseable {
    int TAG_LENGTH = 10;
    long NO_TRAILER = -1;

    /// Writes the tag of `length` bytes right behind them.
    ///
    /// @param memory native
    /// @param trailer 32 bits authenticated as if they followed, or [#NO_TRAILER]
    void sign(MemorySegment memory, long offset, int length, long trailer);

    /// Whether the tag right behind `length` bytes is theirs; takes the same time wherever it
    /// differs.
    boolean verify(byte[] data, int offset, int length, long trailer);

    @Override
    void close();
}
