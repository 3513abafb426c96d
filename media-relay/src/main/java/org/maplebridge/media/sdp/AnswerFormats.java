package org.maplebridge.media.sdp;

/// Format parameters of an answer: how we want the peer to send.
final class AnswerFormats {
    /// Speech over a mobile link: packets of 10 ms allowed, repaired in band, silence not sent,
    /// mono.
    private static final String OPUS = "minptime=10;useinbandfec=1;usedtx=1;stereo=0";

    /// Where Chromium's estimator starts, in kbit/s; from its own 300 it climbs for over 10 s.
    private static final String START_BITRATE = "x-google-start-bitrate=1000";

    private AnswerFormats() {}

    static String fmtp(NegotiatedCodec codec, boolean peerSends) {
        return switch (codec.name()) {
            case OPUS -> OPUS;
            case RED -> String.join(";", codec.fmtp().keySet());
            case VP8 -> peerSends ? START_BITRATE : "";
            case H264 -> h264(codec) + (peerSends ? ";" + START_BITRATE : "");
        };
    }

    private static String h264(NegotiatedCodec codec) {
        String profile = codec.fmtp().getOrDefault("profile-level-id", "");
        return "level-asymmetry-allowed=1;packetization-mode=1"
                + (profile.isEmpty() ? "" : ";profile-level-id=" + profile);
    }
}
