package org.maplebridge.media.netty;

import java.util.List;

/// How one node's relay is set up; checked when made.
///
/// @param port one UDP port for everything; 0 takes a free one
/// @param addresses what to bind and advertise; empty means every local address
/// @param loops event loops, each with a socket on every address
/// @param maxLegs legs open at a time; more are refused with `relay-full`
/// @param batchSend false keeps to Netty's own sending where a faster way exists
/// @param tcp whether peers may come by TCP too, at the same number
public record RelayConfig(
        int port,
        List<LocalAddress> addresses,
        int loops,
        int maxLegs,
        boolean batchSend,
        boolean tcp) {
    private static final int MAX_LOOPS = 64;

    public RelayConfig {
        require(port >= 0 && port <= 65_535, "media port must be 0 to 65535");
        require(loops >= 1 && loops <= MAX_LOOPS, "media loops must be 1 to " + MAX_LOOPS);
        require(maxLegs >= 1, "at least one leg must be allowed");
        addresses = List.copyOf(addresses);
    }

    /// With TCP.
    public RelayConfig(
            int port, List<LocalAddress> addresses, int loops, int maxLegs, boolean batchSend) {
        this(port, addresses, loops, maxLegs, batchSend, true);
    }

    /// What a node has by default: one loop for each two cores, since the kernel's half of the work
    /// and everything else of the node want the others.
    ///
    /// @param addresses comma-separated as in `maplebridge.media.address`; blank for all
    public static RelayConfig of(int port, String addresses) {
        List<LocalAddress> parsed =
                addresses.isBlank()
                        ? List.of()
                        : List.of(addresses.split(",", -1)).stream()
                                .map(LocalAddress::parse)
                                .toList();
        int loops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return new RelayConfig(port, parsed, Math.min(loops, MAX_LOOPS), 10_000, true, true);
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
