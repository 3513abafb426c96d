package org.maplebridge.media.tcp;

/// Why a datagram was left out between a connection and the media port. Each is a counter.
public enum TcpLoss {
    /// The peer reads too slowly: as much waits for it as may, or it has waited for too long.
    SLOW_READER,
    /// All slow readers together have as much waiting as may be.
    SLOW_READERS,
    /// A frame of no length, which says nothing.
    EMPTY,
    /// From a peer that has proved nothing: no STUN binding request.
    UNPROVED,
    /// The media port took no more at that moment.
    RELAY_BUSY
}
