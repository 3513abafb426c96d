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
            };

    /// To be taken back by [#unwant] as often as it was said.
    ///
    /// @return what the source is called on this node; nothing when the link carries no more
    Optional<SourceId> want(MemberId node, SourceId source, boolean picture);

    void unwant(MemberId node, SourceId source);
}
