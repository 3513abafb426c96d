package org.maplebridge.media.link;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.maplebridge.media.wire.PeerPath;

/// From which of our sockets to which address of the other end a check may make sense.
final class Ways {
    /// Each is checked five times a second while none is proved; machines with more addresses than
    /// four reach each other by the first ones.
    static final int MOST = 24;

    private static final int LAST = 1_000;

    private record Way(PeerPath path, int rank) {}

    private Ways() {}

    /// Best first: both lists are.
    ///
    /// @param sockets what ours are bound to, in the order of [PeerPath#localSocket()]
    static List<PeerPath> of(List<InetSocketAddress> sockets, List<InetSocketAddress> theirs) {
        var ways = new ArrayList<Way>();
        for (int local = 0; local < sockets.size(); local++) {
            for (int remote = 0; remote < Math.min(theirs.size(), MOST); remote++) {
                InetAddress from = sockets.get(local).getAddress();
                InetAddress to = theirs.get(remote).getAddress();
                if (to != null && theirs.get(remote).getPort() != 0 && fit(from, to)) {
                    int rank = local + remote + (to.isLoopbackAddress() ? LAST : 0);
                    ways.add(new Way(new PeerPath(local, theirs.get(remote)), rank));
                }
            }
        }
        ways.sort(Comparator.comparingInt(Way::rank));
        return ways.stream().limit(MOST).map(Way::path).toList();
    }

    private static boolean fit(InetAddress from, InetAddress to) {
        boolean nowhere = to.isAnyLocalAddress() || to.isMulticastAddress();
        boolean sameMachine = from.isLoopbackAddress() == to.isLoopbackAddress();
        return !nowhere
                && from.getClass() == to.getClass()
                && (sameMachine || from.isAnyLocalAddress());
    }
}
