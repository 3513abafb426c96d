package org.maplebridge.media.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/// Addresses as people read them.
public final class Addresses {
    private Addresses() {}

    /// `192.0.2.1:5000` or `[2001:db8::1]:5000`; never asks a name server.
    public static String text(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        String host = ip == null ? address.getHostString() : ip.getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
