package org.maplebridge.load.client;

import org.maplebridge.media.dtls.Fingerprint;
import org.maplebridge.media.ice.IceCredentials;

/// The SDP offers of a terminal, as a browser would word them, one media section each.
///
/// @param ssrc what a publisher sends with; its retransmissions take the next number
/// @param transportFeedback whether to offer transport-wide congestion control
public record ClientOffer(
        IceCredentials ice,
        Fingerprint fingerprint,
        boolean video,
        boolean publishes,
        int ssrc,
        boolean transportFeedback) {
    static final int VP8 = 96;
    static final int RTX = 97;
    static final int OPUS = 111;
    static final int MID_EXTENSION = 4;
    static final int TRANSPORT_SEQUENCE_EXTENSION = 3;
    static final String MID = "0";

    public String text() {
        var sdp = new StringBuilder();
        line(sdp, "v=0");
        line(sdp, "o=- 4611731400430051336 2 IN IP4 127.0.0.1");
        line(sdp, "s=-");
        line(sdp, "t=0 0");
        line(sdp, "a=group:BUNDLE " + MID);
        line(
                sdp,
                video
                        ? "m=video 9 UDP/TLS/RTP/SAVPF " + VP8 + " " + RTX
                        : "m=audio 9 UDP/TLS/RTP/SAVPF " + OPUS);
        line(sdp, "c=IN IP4 0.0.0.0");
        line(sdp, "a=rtcp:9 IN IP4 0.0.0.0");
        line(sdp, "a=ice-ufrag:" + ice.fragment());
        line(sdp, "a=ice-pwd:" + ice.password());
        line(sdp, "a=ice-options:trickle");
        line(sdp, "a=fingerprint:" + fingerprint.algorithm() + " " + fingerprint.hex());
        line(sdp, "a=setup:actpass");
        line(sdp, "a=mid:" + MID);
        line(sdp, "a=extmap:" + MID_EXTENSION + " urn:ietf:params:rtp-hdrext:sdes:mid");
        if (transportFeedback) {
            line(
                    sdp,
                    "a=extmap:"
                            + TRANSPORT_SEQUENCE_EXTENSION
                            + " http://www.ietf.org/id/"
                            + "draft-holmer-rmcat-transport-wide-cc-extensions-01");
        }
        line(sdp, publishes ? "a=sendonly" : "a=recvonly");
        line(sdp, "a=rtcp-mux");
        line(sdp, "a=rtcp-rsize");
        codecs(sdp);
        if (publishes) {
            sources(sdp);
        }
        return sdp.toString();
    }

    private void codecs(StringBuilder sdp) {
        if (!video) {
            line(sdp, "a=rtpmap:" + OPUS + " opus/48000/2");
            line(sdp, "a=fmtp:" + OPUS + " minptime=10;useinbandfec=1");
            feedback(sdp, OPUS);
            return;
        }
        line(sdp, "a=rtpmap:" + VP8 + " VP8/90000");
        line(sdp, "a=rtcp-fb:" + VP8 + " ccm fir");
        line(sdp, "a=rtcp-fb:" + VP8 + " nack");
        line(sdp, "a=rtcp-fb:" + VP8 + " nack pli");
        feedback(sdp, VP8);
        line(sdp, "a=rtpmap:" + RTX + " rtx/90000");
        line(sdp, "a=fmtp:" + RTX + " apt=" + VP8);
    }

    private void feedback(StringBuilder sdp, int payloadType) {
        if (transportFeedback) {
            line(sdp, "a=rtcp-fb:" + payloadType + " transport-cc");
        }
    }

    private void sources(StringBuilder sdp) {
        String first = Integer.toUnsignedString(ssrc);
        line(sdp, "a=msid:car camera");
        if (video) {
            String second = Integer.toUnsignedString(ssrc + 1);
            line(sdp, "a=ssrc-group:FID " + first + " " + second);
            line(sdp, "a=ssrc:" + first + " cname:car");
            line(sdp, "a=ssrc:" + second + " cname:car");
        } else {
            line(sdp, "a=ssrc:" + first + " cname:car");
        }
    }

    private static void line(StringBuilder sdp, String text) {
        sdp.append(text).append("\r\n");
    }
}
