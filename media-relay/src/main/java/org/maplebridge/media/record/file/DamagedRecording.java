package org.maplebridge.media.record.file;

import java.io.IOException;

/// A block that is not as it was written.
public final class DamagedRecording extends IOException {
    private final int block;
    private final long offset;

    DamagedRecording(int block, long offset, String what) {
        super("block " + block + " at byte " + offset + ": " + what);
        this.block = block;
        this.offset = offset;
    }

    /// Counted from 0.
    public int block() {
        return block;
    }

    /// Of its first byte in the file.
    public long offset() {
        return offset;
    }
}
