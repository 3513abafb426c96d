package org.maplebridge.signaling.scene.floor;

import java.util.Collection;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.media.api.SourceId;

/// Brings what is said here to the nodes of those who listen elsewhere, once to each.
///
/// Thread: any.
public interface Carrying {
    /// For a node without others.
    Carrying NOWHERE =
            new Carrying() {
                @Override
                public void begin(
                        SourceId channel, Talker talker, long epoch, Collection<MemberId> nodes) {}

                @Override
                public void end(SourceId channel, long epoch) {}

                @Override
                public void hearOf(Unheard listener) {}
            };

    /// Whose voice it is.
    ///
    /// @param microphone how the relay calls it
    /// @param home the organisation's node that answers for it
    record Talker(SourceId microphone, NodeId home) {}

    /// Best said before the relay is given the floor; said again, it reaches further nodes.
    void begin(SourceId channel, Talker talker, long epoch, Collection<MemberId> nodes);

    void end(SourceId channel, long epoch);

    /// Hears of talk that does not come to this node. Called on a thread of its own, and perhaps
    /// before anything else is known of it.
    @FunctionalInterface
    interface Unheard {
        /// @param reason a code of the protocol
        void unheard(SourceId channel, long epoch, String reason);
    }

    void hearOf(Unheard listener);
}
