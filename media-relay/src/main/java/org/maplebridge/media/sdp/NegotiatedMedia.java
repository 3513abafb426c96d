package org.maplebridge.media.sdp;

import java.util.List;

/// One accepted media section, in the order of the offer. Directions are the answer's.
///
/// @param codecs in order of preference; video starts with VP8 where both know it
/// @param remoteSsrcs what the offer announced; empty from peers that only use MID
/// @param rids layers accepted from the peer, the lowest first: of simulcast, or the resolutions of
///   a scalable stream; none of a single one
/// @param localSsrc what we send with; 0 when the peer does not receive here
/// @param localRtxSsrc 0 when nothing is retransmitted here
/// @param msid `stream track` as answered; empty when the peer does not receive here
public record NegotiatedMedia(
        String mid,
        MediaKind kind,
        boolean peerSends,
        boolean peerReceives,
        List<NegotiatedCodec> codecs,
        ExtensionIds extensions,
        List<SsrcPair> remoteSsrcs,
        List<String> rids,
        int localSsrc,
        int localRtxSsrc,
        String cname,
        String msid) {
    public NegotiatedMedia {
        codecs = List.copyOf(codecs);
        remoteSsrcs = List.copyOf(remoteSsrcs);
        rids = List.copyOf(rids);
    }

    /// Whether the peer sends one stream of several resolutions.
    public boolean scalable() {
        return extensions.dependency() != 0 && !rids.isEmpty();
    }
}
