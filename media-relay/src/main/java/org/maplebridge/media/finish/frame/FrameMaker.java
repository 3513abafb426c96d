package org.maplebridge.media.finish.frame;

import org.jspecify.annotations.Nullable;

/// Puts the packets of one stream together.
///
/// Thread: confined to its track.
public interface FrameMaker {
    /// Takes the next packet in order.
    ///
    /// @return the frame that is whole with it, null while none is
    @Nullable Frame add(Part part);

    /// Frames that were left out: a part of them is missing, or what they build on.
    long leftOut();

    /// What decoders must be told before the first frame; empty when nothing.
    default byte[] setup() {
        return new byte[0];
    }
}
