package org.maplebridge.media.netty;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// An address the relay binds, and the one peers are told: they differ behind a 1:1 NAT.
public record LocalAddress(InetAddress bound, InetAddress advertised) {
    /// Sockets cost memory and each is a candidate in every answer: more is a mistake.
    private static final int MAX_ADDRESSES = 32;

    /// Reads one element of `maplebridge.media.address`: a literal address, or `public=private`.
    ///
    /// @throws IllegalArgumentException when it is neither; names are not looked up
    public static LocalAddress parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            InetAddress address = InetAddress.ofLiteral(text.strip());
            return new LocalAddress(address, address);
        }
        return new LocalAddress(
                InetAddress.ofLiteral(text.substring(equals + 1).strip()),
                InetAddress.ofLiteral(text.substring(0, equals).strip()));
    }

    /// Every address of this machine a peer could reach, public ones first, loopback last.
    ///
    /// Link-local IPv6 is left out: it means nothing without the interface's name.
    public static List<LocalAddress> ofThisMachine() {
        var addresses = new ArrayList<InetAddress>();
        try {
            NetworkInterface.networkInterfaces()
                    .filter(LocalAddress::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address ->
                            !address.isMulticastAddress() && !address.isAnyLocalAddress())
                    .filter(address -> !address.isLinkLocalAddress())
                    .forEach(addresses::add);
        } catch (SocketException e) {
            addresses.add(InetAddress.getLoopbackAddress());
        }
        addresses.sort(
                Comparator.comparing(InetAddress::isLoopbackAddress)
                        .thenComparing(InetAddress::isSiteLocalAddress)
                        .thenComparing(address -> address instanceof Inet6Address));
        return addresses.stream()
                .limit(MAX_ADDRESSES)
                .map(LocalAddress::withoutScope)
                .map(address -> new LocalAddress(address, address))
                .toList();
    }

    private static boolean isUp(NetworkInterface candidate) {
        try {
            return candidate.isUp();
        } catch (SocketException e) {
            return false; // gone between listing and asking
        }
    }

    /// The interface's name would be printed with the address and never equal a remote's view.
    private static InetAddress withoutScope(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of its own length", e);
        }
    }
}
