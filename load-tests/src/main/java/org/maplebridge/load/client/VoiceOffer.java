package org.maplebridge.load.client;

import java.util.List;
import java.util.stream.IntStream;
import org.maplebridge.media.dtls.Fingerprint;
import org.maplebridge.media.ice.IceCredentials;

/// The SDP offer of a push-to-talk terminal, as a browser would word it: a microphone and as many
/// receive slots for talk as it wants, all bundled.
///
/// @param ssrc of the microphone
/// @param slots receive slots; their MIDs are `1`, `2` …
public record VoiceOffer(IceCredentials ice, Fingerprint fingerprint, int ssrc, int slots) {
    /// MID of the microphone's section.
    public static final String MICROPHONE = "0";

    static final int OPUS = 111;
    static final int MID_EXTENSION = 4;
    static final int LEVEL_EXTENSION = 1;

    /// MIDs of the receive slots.
    public List<String> slotMids() {
        return IntStream.rangeClosed(1, slots).mapToObj(Integer::toString).toList();
    }

    public String text() {
        var sdp = new StringBuilder();
        line(sdp, "v=0");
        line(sdp, "o=- 4611731400430051337 2 IN IP4 127.0.0.1");
        line(sdp, "s=-");
        line(sdp, "t=0 0");
        line(sdp, "a=group:BUNDLE " + MICROPHONE + " " + String.join(" ", slotMids()));
        section(sdp, MICROPHONE, "sendonly");
        line(sdp, "a=extmap:" + LEVEL_EXTENSION + " urn:ietf:params:rtp-hdrext:ssrc-audio-level");
        line(sdp, "a=msid:terminal microphone");
        line(sdp, "a=ssrc:" + Integer.toUnsignedString(ssrc) + " cname:terminal");
        slotMids().forEach(mid -> section(sdp, mid, "recvonly"));
        return sdp.toString();
    }

    private void section(StringBuilder sdp, String mid, String direction) {
        line(sdp, "m=audio 9 UDP/TLS/RTP/SAVPF " + OPUS);
        line(sdp, "c=IN IP4 0.0.0.0");
        line(sdp, "a=rtcp:9 IN IP4 0.0.0.0");
        line(sdp, "a=ice-ufrag:" + ice.fragment());
        line(sdp, "a=ice-pwd:" + ice.password());
        line(sdp, "a=ice-options:trickle");
        line(sdp, "a=fingerprint:" + fingerprint.algorithm() + " " + fingerprint.hex());
        line(sdp, "a=setup:actpass");
        line(sdp, "a=mid:" + mid);
        line(sdp, "a=extmap:" + MID_EXTENSION + " urn:ietf:params:rtp-hdrext:sdes:mid");
        line(sdp, "a=" + direction);
        line(sdp, "a=rtcp-mux");
        line(sdp, "a=rtcp-rsize");
        line(sdp, "a=rtpmap:" + OPUS + " opus/48000/2");
        line(sdp, "a=fmtp:" + OPUS + " minptime=10;useinbandfec=1");
    }

    private static void line(StringBuilder sdp, String text) {
        sdp.append(text).append("\r\n");
    }
}
