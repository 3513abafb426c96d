package org.maplebridge.load.compare;

import java.util.List;
import java.util.Set;

/// Turns the offers of simulated terminals into what Janus' video room expects.
final class JanusSdp {
    /// What in a terminal's offer says who it is, rather than what it can.
    private static final List<String> OURS =
            List.of("a=ice-ufrag:", "a=ice-pwd:", "a=fingerprint:");

    /// What of Janus' offer a receiver says again: the media, under the same numbers.
    private static final List<String> THEIRS =
            List.of("a=mid:", "a=rtpmap:", "a=fmtp:", "a=rtcp-fb:", "a=extmap:");

    private static final Set<String> UNUSED_FEEDBACK = Set.of("goog-remb", "transport-cc");

    private JanusSdp() {}

    /// The terminals are DTLS clients; Janus would be one too if it were left to it.
    static String asDtlsClient(String offer) {
        return offer.replace("a=setup:actpass", "a=setup:active");
    }

    /// @param theirs Janus' offer of one medium
    /// @param ours what the terminal would have offered
    static String answer(String theirs, String ours) {
        boolean feedback = ours.contains("transport-cc");
        var sdp = new StringBuilder();
        line(sdp, "v=0");
        line(sdp, "o=- 1 1 IN IP4 127.0.0.1");
        line(sdp, "s=-");
        line(sdp, "t=0 0");
        theirs.lines().filter(text -> text.startsWith("a=group:")).forEach(text -> line(sdp, text));
        theirs.lines().filter(text -> text.startsWith("m=")).forEach(text -> line(sdp, text));
        line(sdp, "c=IN IP4 127.0.0.1");
        ours.lines()
                .filter(text -> OURS.stream().anyMatch(text::startsWith))
                .forEach(text -> line(sdp, text));
        line(sdp, "a=setup:active");
        line(sdp, "a=recvonly");
        line(sdp, "a=rtcp-mux");
        theirs.lines()
                .filter(text -> THEIRS.stream().anyMatch(text::startsWith))
                .filter(text -> feedback || !isUnused(text))
                .forEach(text -> line(sdp, text));
        return sdp.toString();
    }

    private static boolean isUnused(String line) {
        return UNUSED_FEEDBACK.stream().anyMatch(line::endsWith)
                || line.contains("transport-wide-cc");
    }

    private static void line(StringBuilder sdp, String text) {
        sdp.append(text).append("\r\n");
    }
}
