package org.maplebridge.load.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.maplebridge.media.dtls.Fingerprint;
import org.maplebridge.media.ice.IceCredentials;

/// What a client needs of an SDP answer.
///
/// @param candidates UDP host candidates, in the answer's order
public record ServerAnswer(
        IceCredentials ice, Fingerprint fingerprint, List<InetSocketAddress> candidates) {
    public ServerAnswer {
        candidates = List.copyOf(candidates);
    }

    /// @throws IllegalArgumentException when something needed is not there
    public static ServerAnswer parse(String sdp) {
        var candidates = new ArrayList<InetSocketAddress>();
        for (String line : sdp.split("\r\n", -1)) {
            if (line.startsWith("a=candidate:")) {
                String[] parts = line.split(" ", -1);
                if (parts.length > 5 && parts[2].toLowerCase(Locale.ROOT).equals("udp")) {
                    candidates.add(
                            new InetSocketAddress(
                                    InetAddress.ofLiteral(parts[4]), Integer.parseInt(parts[5])));
                }
            }
        }
        String[] fingerprint = value(sdp, "a=fingerprint:").split(" ", -1);
        return new ServerAnswer(
                new IceCredentials(value(sdp, "a=ice-ufrag:"), value(sdp, "a=ice-pwd:")),
                new Fingerprint(fingerprint[0], fingerprint[1]),
                candidates);
    }

    /// Where to send: the server's first IPv4 address, loopback before all others.
    public InetSocketAddress server() {
        return candidates.stream()
                .filter(candidate -> candidate.getAddress().getAddress().length == 4)
                .min(Comparator.comparing(c -> !c.getAddress().isLoopbackAddress()))
                .orElseThrow(
                        () -> new IllegalArgumentException("no IPv4 candidate: " + candidates));
    }

    private static String value(String sdp, String prefix) {
        int at = sdp.indexOf(prefix);
        if (at < 0) {
            throw new IllegalArgumentException("the answer has no " + prefix);
        }
        int end = sdp.indexOf("\r\n", at);
        return sdp.substring(at + prefix.length(), end < 0 ? sdp.length() : end).strip();
    }
}
