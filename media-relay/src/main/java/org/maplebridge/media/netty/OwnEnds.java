package org.maplebridge.media.netty;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.LinkEnd;
import org.maplebridge.media.link.OwnEnd;

/// Our ends of links that are still to be opened.
///
/// Thread: any, guarded by itself.
final class OwnEnds {
    /// Other nodes, and some tries with each.
    static final int MOST = 256;

    private final Map<LinkEnd, OwnEnd> waiting = new LinkedHashMap<>();

    synchronized LinkEnd make(List<InetSocketAddress> addresses, SecureRandom random) {
        OwnEnd end = OwnEnd.make(addresses, random);
        if (waiting.size() >= MOST) {
            waiting.remove(waiting.keySet().iterator().next());
        }
        waiting.put(end.end(), end);
        return end.end();
    }

    synchronized @Nullable OwnEnd find(LinkEnd end) {
        return waiting.get(end);
    }

    /// It has agreed.
    synchronized void remove(LinkEnd end) {
        waiting.remove(end);
    }
}
