package org.maplebridge.media.sdp;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.IntSupplier;
import org.maplebridge.media.dtls.Fingerprint;
import org.maplebridge.media.ice.IceCredentials;

/// What the relay brings into a negotiation.
///
/// @param ice fresh for every leg and every restart
/// @param candidates addresses peers may reach us at, best first; public ones of 1:1 NAT included
/// @param tcpCandidates those at which we listen for TCP, best first
/// @param randomInts where SSRCs and the session id come from
public record LocalSide(
        IceCredentials ice,
        Fingerprint fingerprint,
        List<InetSocketAddress> candidates,
        List<InetSocketAddress> tcpCandidates,
        IntSupplier randomInts) {
    public LocalSide {
        candidates = List.copyOf(candidates);
        tcpCandidates = List.copyOf(tcpCandidates);
    }
}
