package org.maplebridge.media.syscall;

import static org.maplebridge.media.syscall.LinuxSockets.SOL_SOCKET;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/// A further socket on a port that others receive on: datagrams leave with the right source
/// address, and no selector watches it, which would cost a wake-up per datagram sent.
///
/// Thread: any, immutable; closed once.
final class SendOnlySocket implements AutoCloseable {
    private static final int SEND_BUFFER_BYTES = 4 << 20;

    private final int fd;
    private final int family;

    private SendOnlySocket(int fd, int family) {
        this.fd = fd;
        this.family = family;
    }

    /// @param local address and port of the receivers, which are bound already with SO_REUSEPORT
    static SendOnlySocket open(InetSocketAddress local) throws IOException {
        int family = SocketAddressBytes.familyOf(local.getAddress());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = LinuxSockets.newErrno(arena);
            int fd = LinuxSockets.udpSocket(errno, family);
            if (fd < 0) {
                throw new IOException("socket: errno " + LinuxSockets.errno(errno));
            }
            var socket = new SendOnlySocket(fd, family);
            socket.setOptions(errno);
            MemorySegment address = arena.allocate(SocketAddressBytes.ROOM_BYTES, 8);
            SocketAddressBytes encoded = SocketAddressBytes.of(local, family);
            encoded.copyTo(address, 0);
            if (LinuxSockets.bind(errno, fd, address, encoded.length()) != 0) {
                int reason = LinuxSockets.errno(errno);
                socket.close();
                throw new IOException("bind " + local + ": errno " + reason);
            }
            return socket;
        }
    }

    private void setOptions(MemorySegment errno) {
        LinuxSockets.setOption(errno, fd, SOL_SOCKET, LinuxSockets.SO_REUSEPORT, 1);
        LinuxSockets.setOption(errno, fd, SOL_SOCKET, LinuxSockets.SO_RCVBUF, 0);
        int forced =
                LinuxSockets.setOption(
                        errno, fd, SOL_SOCKET, LinuxSockets.SO_SNDBUFFORCE, SEND_BUFFER_BYTES);
        if (forced != 0) { // only root may go beyond net.core.wmem_max
            LinuxSockets.setOption(
                    errno, fd, SOL_SOCKET, LinuxSockets.SO_SNDBUF, SEND_BUFFER_BYTES);
        }
        if (family == LinuxSockets.AF_INET6) {
            LinuxSockets.setOption(
                    errno, fd, LinuxSockets.IPPROTO_IPV6, LinuxSockets.IPV6_V6ONLY, 1);
        }
    }

    int fd() {
        return fd;
    }

    int family() {
        return family;
    }

    @Override
    public void close() {
        try (Arena arena = Arena.ofConfined()) {
            LinuxSockets.close(LinuxSockets.newErrno(arena), fd);
        }
    }
}
