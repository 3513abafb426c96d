package org.maplebridge.media.relay;

import org.maplebridge.media.api.SourceId;

/// What the media loops of a node say to each other.
public sealed interface LoopMessage
        permits LoopMessage.Audience, LoopMessage.KeyFrameWanted, LineBurst {
    /// On `loop`, `viewers` slots or channels are fed from the source now; 0 ends it.
    record Audience(SourceId source, int loop, int viewers) implements LoopMessage {}

    /// Somebody on another loop waits for a key frame.
    record KeyFrameWanted(SourceId source) implements LoopMessage {}
}
