package org.maplebridge.media.api;

/// Whether a leg's voice slots get the packets before along with each one (RFC 2198), where the
/// peer agreed to take them.
public enum Redundancy {
    /// While the peer reports loss: one packet before above 3 %, two above 15 %.
    AUTO,
    /// Two, whatever is reported.
    ALWAYS,
    NEVER
}
