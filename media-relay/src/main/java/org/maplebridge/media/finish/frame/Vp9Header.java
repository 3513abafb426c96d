package org.maplebridge.media.finish.frame;

import java.io.ByteArrayOutputStream;
import org.maplebridge.media.wire.BitReader;

/// What the uncompressed header of a VP9 frame says (VP9 bitstream specification, 6.2).
///
/// @param refreshed bit i: whether the frame takes place i among those that are referred to
/// @param shownAt which bit says whether it is shown
/// @param bits of the header, without what fills its last byte
record Vp9Header(
        boolean key, boolean shown, int width, int height, int refreshed, int shownAt, int bits) {
    /// Whether a frame that begins so is a key frame of profile 0, 1 or 2: its marker is right, it
    /// is a frame of its own, and of that type.
    static boolean saysKeyFrame(byte first) {
        boolean marker = (first & 0xc0) == 0x80;
        boolean third = (first & 0x30) == 0x30; // of profile 3 the bits lie elsewhere
        return marker && !third && (first & 0x0c) == 0;
    }

    /// The same frame, not shown: of a key frame one bit is changed; any other one then has a bit
    /// more, which says whether it refers to nothing (`intra_only`).
    byte[] hidden(byte[] frame) {
        if (key) {
            byte[] changed = frame.clone();
            changed[shownAt >> 3] &= (byte) ~(0x80 >> (shownAt & 7));
            return changed;
        }
        var in = new BitReader(frame, 0, frame.length);
        int length = (bits + 1 + 7) / 8;
        byte[] head = new byte[length];
        for (int to = 0; to <= bits; to++) {
            boolean inserted = to == shownAt + 2; // behind error_resilient_mode
            boolean bit = !inserted && in.flag() && to != shownAt;
            head[to >> 3] |= (byte) (bit ? 0x80 >> (to & 7) : 0);
        }
        var out = new ByteArrayOutputStream();
        out.writeBytes(head);
        int rest = (bits + 7) / 8;
        out.write(frame, rest, frame.length - rest);
        return out.toByteArray();
    }
}
