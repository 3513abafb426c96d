package org.maplebridge.media.rtp;

import org.maplebridge.media.wire.Bytes;
import org.maplebridge.media.wire.DropReason;

/// Redundant audio: older blocks in front of the newest, the primary one (RFC 2198 §3).
///
/// Each block but the last has a 4-byte head `1 | PT 7 | timestamp offset 14 | length 10`, the last
/// one byte `0 | PT 7`.
public final class Red {
    private Red() {}

    /// Where the primary block's bytes begin, relative to `offset`; they go on to the end. Or a
    /// [DropReason] code.
    public static int primaryOffset(byte[] data, int offset, int length) {
        int heads = headsLength(data, offset, length);
        if (heads < 0) {
            return heads;
        }
        int primary = heads;
        for (int at = 0; at < heads - 1; at += 4) {
            primary += Bytes.u16(data, offset + at + 2) & 0x3ff;
        }
        return primary <= length ? primary : DropReason.MALFORMED.code();
    }

    /// Payload type of the primary block, or a [DropReason] code.
    public static int primaryPayloadType(byte[] data, int offset, int length) {
        int heads = headsLength(data, offset, length);
        return heads < 0 ? heads : data[offset + heads - 1] & 0x7f;
    }

    private static int headsLength(byte[] data, int offset, int length) {
        int at = 0;
        while (at < length && data[offset + at] < 0) {
            at += 4;
        }
        return at < length ? at + 1 : DropReason.MALFORMED.code();
    }
}
