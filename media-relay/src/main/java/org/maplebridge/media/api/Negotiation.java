package org.maplebridge.media.api;

/// The relay's answer to an offer.
public sealed interface Negotiation {
    /// @param answer the SDP answer, CRLF line ends, complete with our candidates
    /// @param iceRestarted whether a repeated offer carried new ICE credentials
    record Accepted(String answer, boolean iceRestarted) implements Negotiation {}

    /// @param code stable, e.g. `sdp-no-fingerprint`, `sdp-no-ice`, `sdp-too-long`,
    ///   `sdp-no-common-codec`, `sdp-malformed`, `leg-unknown`, `relay-full`
    /// @param detail one English sentence for the developer of the other side
    record Refused(String code, String detail) implements Negotiation {}
}
