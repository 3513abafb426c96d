package org.maplebridge.media.record.file;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The running hash of a file: each block's vouches for all stored bytes up to it.
///
/// Thread: confined to its reader or writer.
final class Chain {
    static final int BYTES = 32;

    private final MessageDigest digest = sha256();
    private byte[] last;

    /// @param first the head's hash
    Chain(byte[] first) {
        this.last = first.clone();
    }

    /// The hash of a block that goes on from [#last].
    byte[] next(byte[] block, int offset, int length) {
        digest.update(last);
        digest.update(block, offset, length);
        return digest.digest();
    }

    /// Goes on from this hash.
    void set(byte[] hash) {
        last = hash.clone();
    }

    byte[] last() {
        return last;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
