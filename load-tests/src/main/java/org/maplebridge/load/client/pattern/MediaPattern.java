package org.maplebridge.load.client.pattern;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// When a sender's packets leave and how long they are.
public sealed interface MediaPattern permits VideoPattern, CameraPattern, VoicePattern {
    /// One packet of a frame.
    ///
    /// @param offsetNanos after the frame's start
    /// @param payloadLength RTP payload
    /// @param marker last of its frame
    /// @param payload what is in it; null for what only has its length
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Packet(long offsetNanos, int payloadLength, boolean marker, byte @Nullable [] payload) {
        public Packet(long offsetNanos, int payloadLength, boolean marker) {
            this(offsetNanos, payloadLength, marker, null);
        }
    }

    /// Whether it is a picture.
    boolean video();

    /// The packets of the next frame, in order.
    ///
    /// @param keyFrame whether somebody asked for one
    List<Packet> nextFrame(boolean keyFrame);

    long frameIntervalNanos();

    /// RTP clock units by which a frame's timestamp exceeds the last one's.
    int timestampStep();
}
