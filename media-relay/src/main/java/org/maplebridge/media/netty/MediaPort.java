package org.maplebridge.media.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.maplebridge.media.syscall.PortSteering;
import org.maplebridge.media.tcp.TcpFront;
import org.maplebridge.media.tcp.TcpLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one UDP port: a socket for each loop on each local address, all with the same number; and
/// before it the front for TCP.
///
/// Thread: made and closed by the node; each channel belongs to its loop.
final class MediaPort implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MediaPort.class);

    /// A key frame to 200 receivers is 2,000 datagrams: room for that and what answers it.
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;

    /// Longest stay in one socket before the loop looks at the others and sends.
    private static final int DATAGRAMS_PER_BURST = 64;

    /// Above [org.maplebridge.media.wire.Datagrams#MAX_LENGTH], so that what is too long is seen.
    private static final int RECEIVE_BYTES = 2_048;

    private static final int FREE_PORT_ATTEMPTS = 20;

    private final int number;
    private final List<LocalAddress> addresses;
    private final List<List<DatagramChannel>> channels;
    private final TcpFront front;

    private MediaPort(
            int number,
            List<LocalAddress> addresses,
            List<List<DatagramChannel>> channels,
            TcpFront front) {
        this.number = number;
        this.addresses = addresses;
        this.channels = channels;
        this.front = front;
    }

    /// Makes the handler of one channel.
    @FunctionalInterface
    interface Readers {
        /// @param localSocket index of the address
        ChannelHandler reader(int loop, int localSocket);
    }

    /// @throws IOException when the port is taken, or an address asked for is not of this machine
    static MediaPort open(
            RelayConfig config, SocketKind kind, List<EventLoop> loops, Readers readers)
            throws IOException {
        boolean chosen = !config.addresses().isEmpty();
        List<LocalAddress> wanted = chosen ? config.addresses() : LocalAddress.ofThisMachine();
        int number = config.port() != 0 ? config.port() : freePort(wanted, config.tcp());
        var usable = new ArrayList<LocalAddress>();
        for (LocalAddress address : wanted) {
            try {
                requireFree(address, number);
                usable.add(address);
            } catch (IOException e) {
                // An enumerated address may be on its way in or out; a taken port never is fine.
                if (chosen || isInUse(e)) {
                    throw new IOException(
                            "UDP %s port %d: %s"
                                    .formatted(
                                            address.bound().getHostAddress(),
                                            number,
                                            e.getMessage()),
                            e);
                }
                LOG.info("media leaves out {}: {}", address.bound(), e.getMessage());
            }
        }
        var channels = new ArrayList<List<DatagramChannel>>();
        try {
            for (int i = 0; i < usable.size(); i++) {
                channels.add(bindAll(kind, loops, readers, usable.get(i), i, number));
            }
        } catch (IOException e) {
            close(channels);
            throw e;
        }
        return new MediaPort(
                number,
                List.copyOf(usable),
                channels,
                config.tcp()
                        ? TcpFront.open(bound(usable, number), TcpLimits.STANDARD)
                        : TcpFront.none());
    }

    private static List<DatagramChannel> bindAll(
            SocketKind kind,
            List<EventLoop> loops,
            Readers readers,
            LocalAddress address,
            int localSocket,
            int number)
            throws IOException {
        var bound = new ArrayList<DatagramChannel>();
        for (int loop = 0; loop < loops.size(); loop++) {
            var future =
                    kind.bootstrap(loops.get(loop), address.bound())
                            .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                            .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                            .option(
                                    ChannelOption.RECVBUF_ALLOCATOR,
                                    new FixedRecvByteBufAllocator(RECEIVE_BYTES)
                                            .maxMessagesPerRead(DATAGRAMS_PER_BURST))
                            .option(
                                    ChannelOption.WRITE_BUFFER_WATER_MARK,
                                    new WriteBufferWaterMark(
                                            SOCKET_BUFFER_BYTES / 2, SOCKET_BUFFER_BYTES))
                            .handler(readers.reader(loop, localSocket))
                            .bind(address.bound(), number)
                            .awaitUninterruptibly();
            if (!future.isSuccess()) {
                bound.forEach(Channel::close);
                throw new IOException(
                        "cannot bind " + address.bound() + ":" + number, future.cause());
            }
            bound.add((DatagramChannel) future.channel());
        }
        return List.copyOf(bound);
    }

    /// With SO_REUSEPORT a second server would bind without complaint and take half the datagrams.
    private static void requireFree(LocalAddress address, int number) throws IOException {
        bindAndRelease(address, number);
    }

    private static void requireFreeForTcp(LocalAddress address, int number) throws IOException {
        try (var probe = ServerSocketChannel.open()) {
            probe.bind(new InetSocketAddress(address.bound(), number));
        }
    }

    private static int freePort(List<LocalAddress> addresses, boolean tcp) throws IOException {
        IOException last = new IOException("no address to bind");
        for (int attempt = 0; attempt < FREE_PORT_ATTEMPTS && !addresses.isEmpty(); attempt++) {
            int number = bindAndRelease(addresses.getFirst(), 0);
            try {
                for (LocalAddress address : addresses) {
                    requireFree(address, number);
                    if (tcp) {
                        requireFreeForTcp(address, number);
                    }
                }
                return number;
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private static int bindAndRelease(LocalAddress address, int number) throws IOException {
        var family =
                address.bound() instanceof Inet6Address
                        ? StandardProtocolFamily.INET6
                        : StandardProtocolFamily.INET;
        try (var probe = java.nio.channels.DatagramChannel.open(family)) {
            probe.bind(new InetSocketAddress(address.bound(), number));
            return ((InetSocketAddress) probe.getLocalAddress()).getPort();
        }
    }

    private static boolean isInUse(IOException refusal) {
        return String.valueOf(refusal.getMessage()).contains("in use");
    }

    int number() {
        return number;
    }

    /// What is bound, in the order of [org.maplebridge.media.wire.PeerPath#localSocket()].
    List<InetSocketAddress> bound() {
        return bound(addresses, number);
    }

    private static List<InetSocketAddress> bound(List<LocalAddress> addresses, int number) {
        return addresses.stream()
                .map(address -> new InetSocketAddress(address.bound(), number))
                .toList();
    }

    /// What peers are told, best first.
    List<InetSocketAddress> advertised() {
        return addresses.stream()
                .map(address -> new InetSocketAddress(address.advertised(), number))
                .toList();
    }

    /// As [#advertised], of those that are listened on for TCP too.
    List<InetSocketAddress> advertisedByTcp() {
        Set<InetSocketAddress> listening = Set.copyOf(front.listening());
        return addresses.stream()
                .filter(a -> listening.contains(new InetSocketAddress(a.bound(), number)))
                .map(address -> new InetSocketAddress(address.advertised(), number))
                .toList();
    }

    /// Where TCP comes in.
    TcpFront front() {
        return front;
    }

    /// The channels of one loop, in the order of the addresses.
    List<DatagramChannel> channelsOf(int loop) {
        return channels.stream().map(ofAddress -> ofAddress.get(loop)).toList();
    }

    /// Keeps datagrams to the receiving sockets when send-only ones join them. Call before that.
    ///
    /// @return whether the kernel does so on every address
    boolean steerToReceivers() {
        boolean all = true;
        for (int i = 0; i < addresses.size(); i++) {
            boolean ipv6 = addresses.get(i).bound() instanceof Inet6Address;
            List<DatagramChannel> receivers = channels.get(i);
            int fd = ((UnixChannel) receivers.getFirst()).fd().intValue();
            all &= PortSteering.attach(fd, ipv6, receivers.size());
        }
        return all;
    }

    @Override
    public void close() {
        front.close();
        close(channels);
    }

    private static void close(List<List<DatagramChannel>> channels) {
        channels.forEach(ofAddress -> ofAddress.forEach(c -> c.close().awaitUninterruptibly()));
    }
}
