package org.maplebridge.media.sdp;

import java.util.Map;
import java.util.Set;

/// One payload format both sides take, under the offer's payload type.
///
/// @param fmtp the offer's format parameters
/// @param rtxPayloadType -1 when its packets are not retransmitted (RFC 4588)
/// @param feedback of `nack`, `nack pli`, `ccm fir`, `transport-cc`, `goog-remb` what both sides
///   know; the last one only towards a peer that sends. Between nodes `ccm tmmbr` too
public record NegotiatedCodec(
        int payloadType,
        CodecName name,
        int clockRate,
        int channels,
        Map<String, String> fmtp,
        int rtxPayloadType,
        Set<String> feedback) {
    public NegotiatedCodec {
        fmtp = Map.copyOf(fmtp);
        feedback = Set.copyOf(feedback);
    }
}
