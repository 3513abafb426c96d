package org.maplebridge.media.ice;

import org.maplebridge.media.wire.PeerPath;

/// What a check, or its absence, changed.
public sealed interface IceEvent {
    /// A first authentic check came on `path`.
    record Proved(PeerPath path) implements IceEvent {}

    /// `path` was silent for as long as consent lasts, or gave way to a newer one.
    record Forgotten(PeerPath path) implements IceEvent {}

    /// The peer nominated `path`, and it is not the one in use before.
    record Selected(PeerPath path) implements IceEvent {}
}
