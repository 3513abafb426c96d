package org.maplebridge.media.sdp;

/// A stream the peer announced.
///
/// @param rtxSsrc 0 when it has no retransmission stream (`a=ssrc-group:FID`)
public record SsrcPair(int ssrc, int rtxSsrc) {}
