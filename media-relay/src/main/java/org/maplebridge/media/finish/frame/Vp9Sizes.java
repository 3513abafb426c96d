package org.maplebridge.media.finish.frame;

import org.jspecify.annotations.Nullable;

/// How large the frames are that later VP9 frames may refer to: a frame may say no more of its size
/// than "like that one".
///
/// Thread: confined to its track.
final class Vp9Sizes {
    private static final int SLOTS = 8;

    private final int[] widths = new int[SLOTS];
    private final int[] heights = new int[SLOTS];

    /// Reads the next frame's header in order of decoding.
    ///
    /// @return null when it is none, or shows an earlier frame
    @Nullable Vp9Header read(byte[] frame) {
        Vp9Header header = new Vp9HeaderReader(frame, widths, heights).read();
        if (header != null) {
            for (int slot = 0; slot < SLOTS; slot++) {
                if ((header.refreshed() >> slot & 1) == 1) {
                    widths[slot] = header.width();
                    heights[slot] = header.height();
                }
            }
        }
        return header;
    }
}
