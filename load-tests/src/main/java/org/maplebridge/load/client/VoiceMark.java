package org.maplebridge.load.client;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import org.maplebridge.load.measure.WallClock;
import org.maplebridge.media.wire.Bytes;

/// What a simulated voice packet says of itself in the last bytes of its payload: which talk it
/// belongs to, which packet of it it is, and when it left.
///
/// ```
/// magic (4)   burst (4)   flags and index (4)   nanoseconds since 1970 (8)
/// ```
///
/// Pure.
public final class VoiceMark {
    static final int BYTES = 20;

    /// The first byte is what an Opus decoder reads: 20 ms of one frame, mono (RFC 6716 §3.1).
    static final byte OPUS_20_MS = 0x78;

    private static final int MAGIC = 0x4d42_5631;
    private static final int SILENCE = 0x8000_0000;
    private static final int GRANTED = 0x4000_0000;
    private static final int INDEX = 0x00ff_ffff;

    private VoiceMark() {}

    /// @param end one past the payload's last byte
    static void write(
            MemorySegment memory,
            long end,
            int burst,
            int index,
            boolean silence,
            boolean granted) {
        int word = index & INDEX | (silence ? SILENCE : 0) | (granted ? GRANTED : 0);
        memory.set(Bytes.INT, end - 20, MAGIC);
        memory.set(Bytes.INT, end - 16, burst);
        memory.set(Bytes.INT, end - 12, word);
        memory.set(Bytes.LONG, end - 8, WallClock.nanos());
    }

    /// Fills `length` bytes of payload that decode to something.
    static void fill(MemorySegment memory, long at, int length) {
        memory.asSlice(at, length).fill((byte) 0x55);
        memory.set(JAVA_BYTE, at, OPUS_20_MS);
    }

    public static boolean isAt(byte[] data, int end) {
        return end >= BYTES && Bytes.i32(data, end - 20) == MAGIC;
    }

    public static int burst(byte[] data, int end) {
        return Bytes.i32(data, end - 16);
    }

    static int index(byte[] data, int end) {
        return Bytes.i32(data, end - 12) & INDEX;
    }

    static boolean isSilence(byte[] data, int end) {
        return (Bytes.i32(data, end - 12) & SILENCE) != 0;
    }

    /// Whether the sender knew of its grant when it sent.
    static boolean isGranted(byte[] data, int end) {
        return (Bytes.i32(data, end - 12) & GRANTED) != 0;
    }

    static long sentNanos(byte[] data, int end) {
        return Bytes.i64(data, end - 8);
    }
}
