package org.maplebridge.media.tcp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which connections may come in: counts those that are open, by where they come from.
///
/// Pure. Thread: the front's loop.
final class Admission {
    private static final int NETWORK_BYTES = 8;

    private final TcpLimits limits;
    private final Map<InetAddress, Count> byOrigin = new HashMap<>();
    private int open;
    private int unproved;

    private static final class Count {
        private int open;
        private int unproved;
    }

    Admission(TcpLimits limits) {
        this.limits = limits;
    }

    /// Lets one in, which has proved nothing yet, or says why not. Whoever is let in leaves by
    /// [#left].
    @Nullable TcpEnd admit(InetAddress from) {
        InetAddress origin = originOf(from);
        Count count = byOrigin.get(origin);
        if (open >= limits.all()) {
            return TcpEnd.FULL;
        }
        if (count != null && count.open >= limits.ofOneAddress()) {
            return TcpEnd.FULL_FOR_ADDRESS;
        }
        if (count != null && count.unproved >= limits.unprovedOfOneAddress()) {
            return TcpEnd.FULL_OF_UNPROVED_FOR_ADDRESS;
        }
        if (unproved >= limits.unproved()) {
            return TcpEnd.FULL_OF_UNPROVED;
        }
        if (count == null) {
            count = new Count();
            byOrigin.put(origin, count);
        }
        count.open++;
        count.unproved++;
        open++;
        unproved++;
        return null;
    }

    /// One that was let in has proved itself. Once for each.
    void proved(InetAddress from) {
        Count count = byOrigin.get(originOf(from));
        if (count != null) {
            count.unproved--;
            unproved--;
        }
    }

    /// One that was let in is gone. Once for each.
    void left(InetAddress from, boolean wasProved) {
        InetAddress origin = originOf(from);
        Count count = byOrigin.get(origin);
        if (count == null) {
            return;
        }
        if (!wasProved) {
            count.unproved--;
            unproved--;
        }
        count.open--;
        open--;
        if (count.open == 0) {
            byOrigin.remove(origin);
        }
    }

    int open() {
        return open;
    }

    int unproved() {
        return unproved;
    }

    /// Places that somebody is here from.
    int origins() {
        return byOrigin.size();
    }

    /// An IPv6 host may take any address of its network of 64 bits (RFC 4291 §2.5.1): counting them
    /// one by one would count nothing.
    private static InetAddress originOf(InetAddress from) {
        if (!(from instanceof Inet6Address)) {
            return from;
        }
        byte[] bytes = from.getAddress();
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of its own length", e);
        }
    }
}
