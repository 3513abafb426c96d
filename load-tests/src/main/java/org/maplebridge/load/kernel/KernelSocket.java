package org.maplebridge.load.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.InetSocketAddress;

/// One client's UDP socket, connected to the server and read without waiting.
///
/// Nobody waits on it: a reader looks in every millisecond or so, and the kernel's arrival times
/// keep the figures exact. So the server is not charged for waking a client up, which over a real
/// network it would not be either.
///
/// Thread: the client thread that owns it.
public final class KernelSocket implements AutoCloseable {
    private static final int AF_INET = 2;
    private static final int DATAGRAM_NON_BLOCKING = 2 | 0x800 | 0x8_0000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;
    private static final int SO_TIMESTAMPNS = 35;
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

    private final InetSocketAddress server;
    private final MemorySegment sendBuffer = Arena.ofAuto().allocate(2_048, 64);
    private final MemorySegment state = Arena.ofAuto().allocate(KernelCalls.STATE);
    private int fd;
    private boolean refused;

    private KernelSocket(InetSocketAddress server, int fd) {
        this.server = server;
        this.fd = fd;
    }

    public static KernelSocket connect(InetSocketAddress server) throws IOException {
        return new KernelSocket(server, open(server));
    }

    /// Goes on from another port, as a phone does that changed its network.
    public void move() throws IOException {
        int moved = open(server);
        KernelCalls.close(fd);
        fd = moved;
    }

    private static int open(InetSocketAddress server) throws IOException {
        if (!(server.getAddress() instanceof Inet4Address)) {
            throw new IOException("load clients speak IPv4, not " + server);
        }
        int fd = KernelCalls.socket(AF_INET, DATAGRAM_NON_BLOCKING);
        if (fd < 0) {
            throw new IOException("no more sockets: raise the limit of open files");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment option = arena.allocateFrom(JAVA_INT, RECEIVE_BUFFER_BYTES);
            KernelCalls.setOption(fd, SOL_SOCKET, SO_RCVBUF, option, 4);
            MemorySegment on = arena.allocateFrom(JAVA_INT, 1);
            KernelCalls.setOption(fd, SOL_SOCKET, SO_TIMESTAMPNS, on, 4);
            MemorySegment address = arena.allocate(16, 8);
            address.set(JAVA_SHORT, 0, (short) AF_INET);
            address.set(JAVA_BYTE, 2, (byte) (server.getPort() >>> 8));
            address.set(JAVA_BYTE, 3, (byte) server.getPort());
            MemorySegment.copy(server.getAddress().getAddress(), 0, address, JAVA_BYTE, 4, 4);
            if (KernelCalls.connect(fd, address, 16) != 0) {
                KernelCalls.close(fd);
                throw new IOException("no way to " + server);
            }
            return fd;
        }
    }

    public int localPort() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(16, 8);
            KernelCalls.socketName(fd, address, arena.allocateFrom(JAVA_INT, 16));
            return (address.get(JAVA_BYTE, 2) & 0xff) << 8 | (address.get(JAVA_BYTE, 3) & 0xff);
        }
    }

    public void send(byte[] data, int offset, int length) {
        MemorySegment.copy(data, offset, sendBuffer, JAVA_BYTE, 0, length);
        send(sendBuffer, length);
    }

    /// @param data native memory
    public void send(MemorySegment data, int length) {
        noteRefusal(KernelCalls.send(state, fd, data, length));
    }

    /// At most `count` datagrams that wait; 0 when there are none.
    int receive(MemorySegment messages, int count) {
        int received = KernelCalls.receive(state, fd, messages, count);
        noteRefusal(received);
        return Math.max(received, 0);
    }

    private void noteRefusal(long result) {
        refused |= result == KernelCalls.REFUSED;
    }

    /// Whether the server's machine has said that nobody has that port open (any more).
    public boolean isRefused() {
        return refused;
    }

    @Override
    public void close() {
        KernelCalls.close(fd);
    }
}
