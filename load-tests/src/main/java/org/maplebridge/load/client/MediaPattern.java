package org.maplebridge.load.client;

import java.util.List;

/// When a sender's packets leave and how long they are.
public sealed interface MediaPattern permits VideoPattern, VoicePattern {
    /// One packet of a frame.
    ///
    /// @param offsetNanos after the frame's start
    /// @param payloadLength RTP payload
    /// @param marker last of its frame
    record Packet(long offsetNanos, int payloadLength, boolean marker) {}

    /// The packets of the next frame, in order.
    ///
    /// @param keyFrame whether somebody asked for one
    List<Packet> nextFrame(boolean keyFrame);

    long frameIntervalNanos();

    /// RTP clock units by which a frame's timestamp exceeds the last one's.
    int timestampStep();
}
