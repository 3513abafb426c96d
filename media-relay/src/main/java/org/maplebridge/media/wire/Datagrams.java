package org.maplebridge.media.wire;

/// Sizes every datagram keeps to.
public final class Datagrams {
    /// Largest datagram taken or sent: an Ethernet frame's payload. Browsers keep media at or below
    /// 1,200 bytes; Firefox opens DTLS with 1,408.
    public static final int MAX_LENGTH = 1_500;

    private Datagrams() {}
}
