package org.maplebridge.media.leg;

import org.maplebridge.media.wire.PeerPath;

/// What happened to a leg's transport; polled by the leg after it fed it.
public sealed interface TransportEvent {
    /// Datagrams from `path` belong to this leg from now on.
    record PathProved(PeerPath path) implements TransportEvent {}

    /// `path` was silent too long or gave way to another one.
    record PathForgotten(PeerPath path) implements TransportEvent {}

    /// ICE and DTLS are through: media flows.
    record Connected(PeerPath path) implements TransportEvent {}

    /// Media goes to `path` from now on; nothing else changed. Only after [Connected].
    record Moved(PeerPath path) implements TransportEvent {}

    /// The transport is over; nothing comes after this.
    ///
    /// @param cause as in [org.maplebridge.media.api.RelayEvent.LegLost]
    record Lost(String cause) implements TransportEvent {}
}
