package org.maplebridge.media.sdp;

/// Payload formats this relay carries; retransmission is a property of a [NegotiatedCodec].
public enum CodecName {
    OPUS("opus"),
    RED("red"),
    VP8("VP8"),
    H264("H264"),
    VP9("VP9"),
    AV1("AV1");

    private final String sdpName;

    CodecName(String sdpName) {
        this.sdpName = sdpName;
    }

    /// Whether one stream of it can hold several resolutions that are told apart by the dependency
    /// descriptor.
    public boolean scalable() {
        return this == VP9 || this == AV1;
    }

    /// As `a=rtpmap` spells it.
    public String sdpName() {
        return sdpName;
    }
}
