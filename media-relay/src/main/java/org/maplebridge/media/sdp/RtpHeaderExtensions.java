package org.maplebridge.media.sdp;

import org.maplebridge.media.sdp.text.SdpText.Section;
import org.maplebridge.media.sdp.text.SdpTokens;

/// The RTP header extensions we know, by name (RFC 8285 §5).
final class RtpHeaderExtensions {
    static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";
    static final String RID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";
    static final String REPAIRED_RID = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id";
    static final String AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
    static final String TRANSPORT_WIDE =
            "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
    static final String DEPENDENCY =
            "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension";

    /// Ids of the one-byte form; 15 is reserved (RFC 8285 §4.2).
    private static final int MAX_ID = 14;

    private RtpHeaderExtensions() {}

    static ExtensionIds of(Section section) {
        return new ExtensionIds(
                id(section, MID),
                id(section, RID),
                id(section, REPAIRED_RID),
                id(section, TRANSPORT_WIDE),
                id(section, AUDIO_LEVEL),
                id(section, DEPENDENCY));
    }

    private static int id(Section section, String name) {
        for (String value : section.attributes().all("extmap")) {
            String[] words = value.split(" ", 3);
            if (words.length >= 2 && words[1].equals(name)) {
                int slash = words[0].indexOf('/'); // a direction may follow the id
                String id = slash < 0 ? words[0] : words[0].substring(0, slash);
                return Math.max(0, SdpTokens.number(id, MAX_ID));
            }
        }
        return 0;
    }
}
