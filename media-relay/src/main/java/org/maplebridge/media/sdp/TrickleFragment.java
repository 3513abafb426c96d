package org.maplebridge.media.sdp;

import org.jspecify.annotations.Nullable;
import org.maplebridge.media.sdp.text.SdpText.Attributes;
import org.maplebridge.media.sdp.text.SdpTokens;

/// A trickled piece of SDP, `application/trickle-ice-sdpfrag` (RFC 8840 §9).
///
/// @param ufrag empty when the fragment names none
/// @param password empty when the fragment names none
/// @param candidates how many well-formed candidates it carries
/// @param endOfCandidates whether it says that no more will come
public record TrickleFragment(
        String ufrag, String password, int candidates, boolean endOfCandidates) {
    /// A phone with all its interfaces trickles some dozen lines.
    static final int MAX_CHARS = 16 * 1024;

    private static final int MAX_LINES = 256;

    /// Null when the text is malformed or too long.
    public static @Nullable TrickleFragment parse(String text) {
        if (text.length() > MAX_CHARS) {
            return null;
        }
        Attributes all = new Attributes();
        String[] lines = text.split("\r?\n", MAX_LINES + 1);
        if (lines.length > MAX_LINES) {
            return null;
        }
        for (String line : lines) {
            if (line.isEmpty()) {
                continue;
            }
            if (line.length() < 2 || line.charAt(1) != '=') {
                return null;
            }
            if (line.charAt(0) == 'a') {
                all.add(line.substring(2));
            }
        }
        return understood(all);
    }

    private static @Nullable TrickleFragment understood(Attributes all) {
        String ufrag = all.first("ice-ufrag");
        String password = all.first("ice-pwd");
        boolean wellNamed =
                (ufrag.isEmpty() || SdpTokens.iceChars(ufrag, 4, 256))
                        && (password.isEmpty() || SdpTokens.iceChars(password, 22, 256))
                        && all.all("ice-ufrag").stream().allMatch(ufrag::equals);
        if (!wellNamed || !all.all("candidate").stream().allMatch(TrickleFragment::candidate)) {
            return null;
        }
        return new TrickleFragment(
                ufrag, password, all.all("candidate").size(), all.has("end-of-candidates"));
    }

    /// `foundation component transport priority address port typ type …` (RFC 8839 §5.1).
    private static boolean candidate(String value) {
        String[] words = value.split(" ", 9);
        return words.length >= 8
                && SdpTokens.iceChars(words[0], 1, 32)
                && SdpTokens.number(words[1], 256) > 0
                && SdpTokens.token(words[2])
                && SdpTokens.unsigned(words[3], 0xffff_ffffL) >= 0
                && !words[4].isEmpty()
                && words[4].length() <= 255
                && SdpTokens.number(words[5], 65_535) >= 0
                && words[6].equals("typ")
                && SdpTokens.token(words[7]);
    }

    /// Whether it asks for an ICE restart of a session whose peer goes by `ufrag` so far (RFC 9725
    /// §4.3.3).
    public boolean restarts(String ufragSoFar) {
        return !ufrag.isEmpty() && !password.isEmpty() && !ufrag.equals(ufragSoFar);
    }
}
