package org.maplebridge.media.relay;

import java.util.List;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.forward.FloorTurn;

/// What the media loops of a node say to each other.
public sealed interface LoopMessage
        permits LoopMessage.Audience,
                LoopMessage.TalkWanted,
                LoopMessage.TalkerAbsent,
                LoopMessage.TalkEnded,
                LoopMessage.KeyFrameWanted,
                LoopMessage.RateWanted,
                LoopMessage.Layered,
                LineBurst {
    /// On `loop`, `viewers` slots or channels are fed from the source now; 0 ends it.
    record Audience(SourceId source, int loop, int viewers) implements LoopMessage {}

    /// As [Audience], of a source that was given the floor: what it said since `sinceNanos` is
    /// wanted before what it says from now on. One message, so that nothing comes in between.
    record TalkWanted(SourceId source, int loop, int viewers, long sinceNanos)
            implements LoopMessage {}

    /// `loop` was told to finish this floor and has not got the talker's source.
    record TalkerAbsent(SourceId channel, FloorTurn turn, int loop) implements LoopMessage {}

    /// The last word of a floor being finished was handed over; its gate is to be shut everywhere.
    record TalkEnded(SourceId channel, FloorTurn turn) implements LoopMessage {}

    /// Somebody on `loop` waits for a key frame.
    ///
    /// @param cacheHelps whether it has shown nothing yet, so that the cached one will do
    record KeyFrameWanted(SourceId source, int loop, boolean cacheHelps) implements LoopMessage {}

    /// The narrowest downlink of the source's viewers on `loop` bears so much. Holds for a second.
    record RateWanted(SourceId source, int loop, long bitsPerSecond) implements LoopMessage {}

    /// The source comes in layers, the lowest first, each on a line of its own; none ends it.
    record Layered(SourceId source, List<SourceId> lines) implements LoopMessage {
        public Layered {
            lines = List.copyOf(lines);
        }
    }
}
