package org.maplebridge.signaling.whip;

import java.util.Optional;
import java.util.stream.Collectors;

/// ICE restart by fragments (RFC 9725 §4.3.3): the peer sends only new credentials, the relay wants
/// a whole offer, and the peer wants a fragment back.
///
/// Pure.
final class IceFragment {
    private static final String END = "\r\n";

    private IceFragment() {}

    /// The old offer with the fragment's credentials; nothing when the fragment has none.
    static Optional<String> renewed(String offer, String fragment) {
        Optional<String> name = OfferLines.value(fragment, "ice-ufrag");
        Optional<String> password = OfferLines.value(fragment, "ice-pwd");
        if (name.isEmpty() || password.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                offer.lines()
                        .filter(line -> !line.startsWith("a=candidate:"))
                        .map(line ->
                                line.startsWith("a=ice-ufrag:")
                                        ? "a=ice-ufrag:" + name.get()
                                        : line)
                        .map(line ->
                                line.startsWith("a=ice-pwd:")
                                        ? "a=ice-pwd:" + password.get()
                                        : line)
                        .collect(Collectors.joining(END, "", END)));
    }

    /// What of an answer concerns ICE, as a fragment (RFC 8840 §9).
    static String of(String answer) {
        var fragment = new StringBuilder("a=ice-lite").append(END);
        OfferLines.value(answer, "group").ifPresent(g -> line(fragment, "a=group:" + g));
        boolean section = false;
        for (var line : answer.lines().toList()) {
            if (line.startsWith("m=")) {
                if (section) {
                    break; // bundled: the first section speaks for all
                }
                section = true;
                line(fragment, line);
            } else if (section && isIce(line)) {
                line(fragment, line);
            }
        }
        if (OfferLines.value(fragment.toString(), "ice-ufrag").isEmpty()) {
            OfferLines.value(answer, "ice-ufrag")
                    .ifPresent(u -> line(fragment, "a=ice-ufrag:" + u));
            OfferLines.value(answer, "ice-pwd").ifPresent(p -> line(fragment, "a=ice-pwd:" + p));
        }
        return fragment.toString();
    }

    private static boolean isIce(String line) {
        return line.startsWith("a=mid:")
                || line.startsWith("a=ice-ufrag:")
                || line.startsWith("a=ice-pwd:")
                || line.startsWith("a=candidate:")
                || line.equals("a=end-of-candidates");
    }

    private static void line(StringBuilder fragment, String line) {
        fragment.append(line).append(END);
    }
}
