package org.maplebridge.media.finish.frame;

import org.jspecify.annotations.Nullable;
import org.maplebridge.media.rtp.OpusPacket;

/// Voice: each packet is a frame (RFC 7587 §4.2).
///
/// Pure. Thread: confined to its track.
public final class SoundFrames implements FrameMaker {
    private long leftOut;

    @Override
    public @Nullable Frame add(Part part) {
        byte[] payload = part.payload();
        if (OpusPacket.ticks(payload, 0, payload.length) == 0) {
            leftOut++;
            return null;
        }
        return new Frame(part.stretch(), part.ticks(), part.arrivalNanos(), true, payload);
    }

    @Override
    public long leftOut() {
        return leftOut;
    }
}
