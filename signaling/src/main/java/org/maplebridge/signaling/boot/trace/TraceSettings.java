package org.maplebridge.signaling.boot.trace;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where traces go.
///
/// @param endpoint `http(s)://host[:port]/path` of a collector; empty: there are none
/// @param share of all joins and orders that are traced, 0 to 1; the same on all nodes
public record TraceSettings(@DefaultValue("") String endpoint, @DefaultValue("1") double share) {
    static final String PREFIX = "maplebridge.traces";

    private static final Pattern ENDPOINT =
            Pattern.compile(
                    "https?://(\\[[0-9a-fA-F:]+]|[A-Za-z0-9.-]+)(:[0-9]{1,5})?/[A-Za-z0-9._~/-]+");

    public TraceSettings {
        require(
                endpoint.isEmpty() || ENDPOINT.matcher(endpoint).matches() && isAddress(endpoint),
                "endpoint must be http(s)://host:port/path, usually http://…:4318/v1/traces");
        require(share >= 0 && share <= 1, "share must be 0 to 1");
    }

    boolean isOn() {
        return !endpoint.isEmpty() && share > 0;
    }

    private static boolean isAddress(String endpoint) {
        try {
            var uri = new URI(endpoint);
            return uri.getHost() != null && uri.getPort() <= 65_535;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(PREFIX + "." + sentence);
        }
    }
}
