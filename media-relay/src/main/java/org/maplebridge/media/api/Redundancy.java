package org.maplebridge.media.api;

/// Whether a leg's voice carries the packets before along with each one (RFC 2198), where the peer
/// agreed to it.
public enum Redundancy {
    /// To the peer while it reports loss: one packet before above 3 %, two above 15 %. From the
    /// peer as it likes.
    AUTO,
    /// To the peer two, whatever is reported. From the peer always: it is the codec answered first.
    ALWAYS,
    /// It is not agreed on.
    NEVER
}
