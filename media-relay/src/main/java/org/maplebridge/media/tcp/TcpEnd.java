package org.maplebridge.media.tcp;

/// Why a connection was ended, or not let in. Each is a counter; none is logged for each
/// connection.
public enum TcpEnd {
    /// The peer closed it, or the network between did.
    LEFT,
    /// Its first frame was no STUN binding request.
    NOT_STUN,
    /// A frame longer than [org.maplebridge.media.wire.Datagrams#MAX_LENGTH].
    OVERSIZED,
    /// The relay has not taken it for anybody's within [TcpConduct#PROOF_NANOS], or it asked too
    /// much meanwhile.
    UNPROVED,
    /// Nothing went either way for [TcpConduct#SILENCE_NANOS].
    SILENT,
    /// Not let in: as many are open as may be.
    FULL,
    /// Not let in: as many are open from one address as may be.
    FULL_FOR_ADDRESS,
    /// Not let in: as many that have proved nothing are open as may be.
    FULL_OF_UNPROVED,
    /// Not let in: as many that have proved nothing are open from one address as may be.
    FULL_OF_UNPROVED_FOR_ADDRESS,
    /// No socket could be had for it, or an error of ours.
    TROUBLE,
    /// The node stops.
    STOPPED
}
