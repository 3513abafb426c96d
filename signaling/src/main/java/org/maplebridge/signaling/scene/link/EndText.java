package org.maplebridge.signaling.scene.link;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.maplebridge.media.api.LinkEnd;

/// An end of a link in the words of the bus.
///
/// Pure: addresses are read as numbers, no name is ever looked up.
final class EndText {
    private static final int MAX_ADDRESSES = 32;

    private EndText() {}

    static Map<String, String> of(LinkEnd end) {
        var fields = new HashMap<String, String>();
        fields.put("fragment", end.fragment());
        fields.put("publicKey", end.publicKey());
        fields.put("nonce", end.nonce());
        fields.put(
                "addresses",
                end.addresses().stream()
                        .map(a -> a.getAddress().getHostAddress() + " " + a.getPort())
                        .collect(Collectors.joining(",")));
        return fields;
    }

    static Optional<LinkEnd> read(Map<String, String> fields) {
        try {
            var addresses = new ArrayList<InetSocketAddress>();
            for (var text : fields.getOrDefault("addresses", "").split(",")) {
                int space = text.indexOf(' ');
                if (space > 0 && addresses.size() < MAX_ADDRESSES) {
                    addresses.add(
                            new InetSocketAddress(
                                    InetAddress.ofLiteral(text.substring(0, space)),
                                    Integer.parseInt(text.substring(space + 1))));
                }
            }
            return Optional.of(
                    new LinkEnd(
                            fields.getOrDefault("fragment", ""),
                            fields.getOrDefault("publicKey", ""),
                            fields.getOrDefault("nonce", ""),
                            addresses));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
