package org.maplebridge.dispatch.hazelcast;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Which addresses strangers cannot reach: loopback, link-local, and those of private networks (RFC
/// 1918, RFC 4193). The bus has neither encryption nor passwords, so it belongs there.
final class PrivateNetwork {
    private PrivateNetwork() {}

    /// A name could mean another address tomorrow, and none at all would bind them all.
    static void requireAddress(String text) {
        InetAddress address = literal(text);
        if (address == null || address.isAnyLocalAddress() || address.isMulticastAddress()) {
            throw new IllegalArgumentException(
                    "the cluster's address must be one IP address of this machine, not " + text);
        }
    }

    static void requirePrivate(String text) {
        InetAddress address = literal(text);
        if (address != null && !isPrivate(address)) {
            throw new IllegalArgumentException(
                    text
                            + " is a public address, and whoever reaches the cluster's port reads"
                            + " and changes everything");
        }
    }

    /// @param member `host:port`; what a name stands for is not looked up
    static void requirePrivateMember(String member) {
        int colon = member.lastIndexOf(':');
        boolean bareV6 = member.indexOf(':') != colon && !member.contains("]");
        boolean bare = colon < 0 || bareV6;
        String host = bare ? member : member.substring(0, colon);
        requirePrivate(host.replace("[", "").replace("]", ""));
    }

    private static boolean isPrivate(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || (address instanceof Inet6Address
                        ? (address.getAddress()[0] & 0xfe) == 0xfc
                        : address.isSiteLocalAddress());
    }

    private static @Nullable InetAddress literal(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException noLiteral) {
            return null;
        }
    }
}
