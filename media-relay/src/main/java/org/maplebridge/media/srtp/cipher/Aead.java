package org.maplebridge.media.srtp.cipher;

import java.lang.foreign.MemorySegment;

/// Authenticated encryption in place: header in the clear, text, and a tag behind the text.
///
/// Thread: its leg's media loop.
public interface Aead extends AutoCloseable {
    int TAG_LENGTH = 16;
    long NO_TRAILER = -1;

    /// The next packet's 12-byte nonce. None may come twice for sealing.
    void nonce(int high, long low);

    /// Encrypts from `headerLength` to `length`; there is room for the tag behind it.
    ///
    /// @param memory native
    /// @param trailer 32 bits authenticated as if they followed the header, or [#NO_TRAILER]
    void seal(MemorySegment memory, long offset, int headerLength, int length, long trailer);

    /// Decrypts from `headerLength` to the tag that ends `length`.
    ///
    /// @return whether it is authentic; if not, the text may be garbled
    boolean open(byte[] data, int offset, int headerLength, int length, long trailer);

    @Override
    void close();
}
