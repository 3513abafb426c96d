package org.maplebridge.media.api;

import java.net.InetSocketAddress;
import java.util.List;

/// What one node tells another so that both can open a link between them, over a bus whose words
/// are believed: who is told is the caller's business, and nothing here is secret. It carries no
/// password: what proves packets and checks is agreed from it and from the cluster's secret.
///
/// @param fragment by which checks name this end, as an ICE user name fragment (RFC 8839 §5.4)
/// @param publicKey for X25519, in hexadecimal digits (RFC 8410 §4)
/// @param nonce 16 random bytes in hexadecimal digits
/// @param addresses where this node may be reached, best first; none is needed if it can reach the
///   other one
public record LinkEnd(
        String fragment, String publicKey, String nonce, List<InetSocketAddress> addresses) {
    public LinkEnd {
        addresses = List.copyOf(addresses);
    }
}
