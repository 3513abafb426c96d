package org.maplebridge.signaling.scene.link;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.scene.floor.Carrying.Talker;

/// What is said on a channel and carried on from here: by somebody of this node, or what came in
/// over a link.
///
/// Thread: guarded by [Links].
final class Talk {
    /// @param from the node whose link it came in by, this one for its own people
    record Key(MemberId from, SourceId channel) {}

    /// Where it goes out.
    ///
    /// @param nodes who hear it behind that link
    /// @param passage what stands in the audit, if it leaves the network there
    record Lane(String mid, Set<MemberId> nodes, Crossings.@Nullable Passage passage) {}

    final Key key;
    final Talker talker;
    final long epoch;

    /// What is attached to the sections it goes out by.
    final SourceId source;

    /// By the node at the other end of the link.
    final Map<MemberId, Lane> lanes = new HashMap<>();

    /// Who should hear it, and there is no way to them.
    final Set<MemberId> unreached = new HashSet<>();

    Talk(Key key, Talker talker, long epoch, SourceId source) {
        this.key = key;
        this.talker = talker;
        this.epoch = epoch;
        this.source = source;
    }
}
