package org.maplebridge.media.srtp.cipher;

import java.lang.foreign.MemorySegment;

/// AES in counter mode: the same step encrypts and decrypts, in place.
///
/// Thread: its leg's media loop.
public interface CounterMode extends AutoCloseable {
    /// The next packet's first counter block.
    void start(long high, long low);

    /// @param memory native
    void apply(MemorySegment memory, long offset, int length);

    void apply(byte[] data, int offset, int length);

    @Override
    void close();
}
