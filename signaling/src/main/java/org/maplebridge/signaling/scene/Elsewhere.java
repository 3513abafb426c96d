package org.maplebridge.signaling.scene;

import java.util.Optional;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.media.api.SourceId;

/// Has sources of other nodes brought here, each once however many want it.
///
/// Thread: any.
public interface Elsewhere {
    /// For a node without others.
    Elsewhere NOWHERE =
            new Elsewhere() {
                @Override
                public Optional<SourceId> want(MemberId node, SourceId source, boolean picture) {
                    return Optional.empty();
                }

                @Override
                public void unwant(MemberId node, SourceId source) {}

                @Override
                public void tell(Watcher watcher) {}
            };

    /// Hears what becomes of wishes. Called on a thread of its own.
    interface Watcher {
        /// What was wanted of that node comes, or comes another way from now on and is called
        /// otherwise here: to be wanted again, and taken back once for what it was before.
        void rerouted(MemberId node);

        /// It does not come for now. Told of what [#want] gave nothing for, too, where a later
        /// [#rerouted] may help.
        ///
        /// @param reason a code of the protocol
        void refused(MemberId node, SourceId source, String reason);
    }

    /// To be taken back by [#unwant] as often as it was said.
    ///
    /// @return what the source is called on this node; nothing when the link carries no more
    Optional<SourceId> want(MemberId node, SourceId source, boolean picture);

    void unwant(MemberId node, SourceId source);

    void tell(Watcher watcher);
}
