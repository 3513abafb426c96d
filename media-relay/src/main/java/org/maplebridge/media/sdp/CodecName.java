package org.maplebridge.media.sdp;

/// Payload formats this relay carries; retransmission is a property of a [NegotiatedCodec].
public enum CodecName {
    OPUS("opus"),
    RED("red"),
    VP8("VP8"),
    H264("H264");

    private final String sdpName;

    CodecName(String sdpName) {
        this.sdpName = sdpName;
    }

    /// As `a=rtpmap` spells it.
    public String sdpName() {
        return sdpName;
    }
}
