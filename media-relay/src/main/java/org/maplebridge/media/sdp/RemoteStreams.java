package org.maplebridge.media.sdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.maplebridge.media.sdp.text.SdpText.Section;
import org.maplebridge.media.sdp.text.SdpTokens;

/// The streams a section announces by `a=ssrc` and `a=ssrc-group:FID` (RFC 5576).
final class RemoteStreams {
    /// Three simulcast layers with retransmission, several times over.
    static final int MAX_PER_SECTION = 32;

    private static final long MAX_SSRC = 0xffff_ffffL;

    private RemoteStreams() {}

    static List<SsrcPair> of(Section section) {
        Map<Integer, Integer> rtxOf = new LinkedHashMap<>();
        for (String group : section.attributes().all("ssrc-group")) {
            String[] words = group.split(" ", 4);
            if (words.length == 3 && words[0].equals("FID")) {
                long primary = SdpTokens.unsigned(words[1], MAX_SSRC);
                long rtx = SdpTokens.unsigned(words[2], MAX_SSRC);
                if (primary > 0 && rtx > 0) {
                    rtxOf.put((int) primary, (int) rtx);
                }
            }
        }
        Map<Integer, SsrcPair> found = new LinkedHashMap<>();
        for (String value : section.attributes().all("ssrc")) {
            int space = value.indexOf(' ');
            long ssrc = SdpTokens.unsigned(space < 0 ? value : value.substring(0, space), MAX_SSRC);
            if (ssrc > 0 && !rtxOf.containsValue((int) ssrc) && found.size() < MAX_PER_SECTION) {
                found.putIfAbsent(
                        (int) ssrc, new SsrcPair((int) ssrc, rtxOf.getOrDefault((int) ssrc, 0)));
            }
        }
        return new ArrayList<>(found.values());
    }
}
