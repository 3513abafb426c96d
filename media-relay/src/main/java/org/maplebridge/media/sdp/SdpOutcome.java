package org.maplebridge.media.sdp;

/// What came of an offer.
public sealed interface SdpOutcome {
    /// @param answer complete, CRLF line ends
    /// @param iceRestarted whether a repeated offer brought new ICE credentials; then `answer`
    ///   carries those of [LocalSide#ice()], else the caller must pass the ones in use
    record Agreed(Negotiated negotiated, String answer, boolean iceRestarted)
            implements SdpOutcome {}

    /// @param code stable: `sdp-malformed`, `sdp-too-long`, `sdp-no-ice`, `sdp-no-fingerprint`,
    ///   `sdp-no-common-codec`, `sdp-not-bundled`, `sdp-no-rtcp-mux`, `sdp-setup`, `sdp-no-media`,
    ///   `sdp-changed`
    /// @param detail one English sentence for the developer of the other side
    record Refused(String code, String detail) implements SdpOutcome {}
}
