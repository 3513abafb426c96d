package org.maplebridge.media.relay;

import org.maplebridge.media.api.SourceId;

/// What the media loops of a node say to each other.
public sealed interface LoopMessage
        permits LoopMessage.Audience, LoopMessage.KeyFrameWanted, LineBurst {
    /// On `loop`, `viewers` slots or channels are fed from the source now; 0 ends it.
    record Audience(SourceId source, int loop, int viewers) implements LoopMessage {}

    /// Somebody on `loop` waits for a key frame.
    ///
    /// @param cacheHelps whether it has shown nothing yet, so that the cached one will do
    record KeyFrameWanted(SourceId source, int loop, boolean cacheHelps) implements LoopMessage {}
}
