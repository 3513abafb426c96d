package org.maplebridge.media.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.sdp.SdpText.Attributes;

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

    private static final List<String> CARRIED =
            List.of(
                    "m=",
                    "a=mid:",
                    "a=ice-ufrag:",
                    "a=ice-pwd:",
                    "a=candidate:",
                    "a=end-of-candidates");

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

    /// The peer's last offer with this fragment's credentials: a restart for
    /// [org.maplebridge.media.api.MediaRelay#reoffer].
    public String renewed(String offer) {
        return offer.replaceAll("(?m)^a=ice-ufrag:[^\r\n]*", "a=ice-ufrag:" + ufrag)
                .replaceAll("(?m)^a=ice-pwd:[^\r\n]*", "a=ice-pwd:" + password);
    }

    /// What of an answer a restart by fragment is answered with: credentials and candidates of the
    /// section that carries them.
    public static String answering(String answer) {
        var fragment = new StringBuilder("a=ice-lite\r\n");
        boolean carrier = false;
        boolean found = false;
        for (String line : answer.split("\r\n")) {
            if (line.startsWith("m=")) {
                carrier = !found && !line.split(" ", 3)[1].equals("0");
                found |= carrier;
            }
            if (carrier && CARRIED.stream().anyMatch(line::startsWith)) {
                fragment.append(line).append("\r\n");
            }
        }
        return fragment.toString();
    }
}
