package org.maplebridge.signaling.scene.link;

import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.media.api.SourceId;

/// A source of another node that is brought here.
///
/// @param owner the node that has it, perhaps some steps away
record Wish(MemberId owner, SourceId source) {}
