package org.maplebridge.media.syscall;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A remote address as the kernel reads it (`sockaddr_in`, `sockaddr_in6`), ready to be copied.
///
/// Thread: the media loop that sends to it.
final class SocketAddressBytes {
    /// Room for the longest of both, in whole longs.
    static final int ROOM_BYTES = 32;

    private static final int IPV4_BYTES = 16;
    private static final int IPV6_BYTES = 28;

    private final long first;
    private final long second;
    private final long third;
    private final long fourth;
    private final int length;
    private boolean segmentable = true;

    private SocketAddressBytes(ByteBuffer encoded, int length) {
        this.first = encoded.getLong(0);
        this.second = encoded.getLong(8);
        this.third = encoded.getLong(16);
        this.fourth = encoded.getLong(24);
        this.length = length;
    }

    /// @param family of the socket that sends: an IPv6 one takes IPv4 remotes as mapped addresses
    ///   (RFC 4291 §2.5.5.2)
    static SocketAddressBytes of(InetSocketAddress address, int family) {
        ByteBuffer encoded = ByteBuffer.allocate(ROOM_BYTES).order(ByteOrder.nativeOrder());
        InetAddress host = address.getAddress();
        byte[] bytes = host.getAddress();
        encoded.putShort(0, (short) family);
        encoded.put(2, (byte) (address.getPort() >>> 8)).put(3, (byte) address.getPort());
        if (family == LinuxSockets.AF_INET) {
            encoded.put(4, bytes, 0, 4);
            return new SocketAddressBytes(encoded, IPV4_BYTES);
        }
        if (bytes.length == 4) {
            encoded.put(18, (byte) 0xff).put(19, (byte) 0xff).put(20, bytes);
        } else {
            encoded.put(8, bytes);
            encoded.putInt(24, host instanceof Inet6Address v6 ? v6.getScopeId() : 0);
        }
        return new SocketAddressBytes(encoded, IPV6_BYTES);
    }

    static int familyOf(InetAddress address) {
        return address instanceof Inet6Address ? LinuxSockets.AF_INET6 : LinuxSockets.AF_INET;
    }

    /// Bytes that count.
    int length() {
        return length;
    }

    void copyTo(MemorySegment target, long offset) {
        target.set(JAVA_LONG, offset, first);
        target.set(JAVA_LONG, offset + 8, second);
        target.set(JAVA_LONG, offset + 16, third);
        target.set(JAVA_LONG, offset + 24, fourth);
    }

    /// Whether the way there lets the kernel cut one message into many datagrams.
    boolean segmentable() {
        return segmentable;
    }

    /// The kernel refused to: an interface without checksums, or an MTU below the segment.
    void refuseSegments() {
        segmentable = false;
    }
}
