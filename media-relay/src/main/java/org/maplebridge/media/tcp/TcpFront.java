package org.maplebridge.media.tcp;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.LegStats;
import org.maplebridge.media.wire.Addresses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens for ICE-TCP at the media port's number, and joins each connection to the media port.
///
/// A connection leads to the media port of the address that it reached, and to nothing else: nobody
/// gets anywhere by it.
///
/// Thread: made and closed by the node; [#named] and [#counters] any. All else on a loop of its
/// own, so that the media loops do not know of it.
public final class TcpFront implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TcpFront.class);

    private static final int WAITING_TO_BE_TAKEN = 256;

    /// 32 MiB at most, whatever slow readers do.
    private static final int WAITING_FOR_ALL = 16_384;

    /// What Netty holds of a connection beside the backlog, from which nothing can be left out.
    private static final WriteBufferWaterMark IN_WRITING = new WriteBufferWaterMark(4_096, 8_192);

    /// What is read of one connection before the loop looks at the others.
    private static final int READ_BYTES = 16_384;

    private static final int READS_AT_ONCE = 4;

    private static final int TICK_MILLIS = 1_000;
    private static final int STOP_MILLIS = 2_000;

    private final TcpTransport transport = TcpTransport.best();
    private final TcpCounters counters = new TcpCounters();
    private final Admission admission;
    private final Backlog.Room room = new Backlog.Room(WAITING_FOR_ALL);
    private final Set<TcpPeer> peers = new HashSet<>();
    private final Map<String, String> behind = new ConcurrentHashMap<>();
    private final List<InetSocketAddress> listening = new ArrayList<>();
    private final List<Channel> listeners = new ArrayList<>();
    private final @Nullable MultiThreadIoEventLoopGroup group;

    private TcpFront(
            @Nullable MultiThreadIoEventLoopGroup group,
            List<InetSocketAddress> mediaPorts,
            TcpLimits limits) {
        this.group = group;
        admission = new Admission(limits);
        if (group == null) {
            return;
        }
        mediaPorts.forEach(address -> listen(group, address));
        group.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// Listens where it can: a port that is taken costs those who need TCP, and nobody else.
    ///
    /// @param mediaPorts what is bound for UDP
    public static TcpFront open(List<InetSocketAddress> mediaPorts, TcpLimits limits) {
        var threads = new DefaultThreadFactory("media-tcp", true);
        var group =
                new MultiThreadIoEventLoopGroup(1, threads, TcpTransport.best().handlerFactory());
        return new TcpFront(group, mediaPorts, limits);
    }

    /// Listens nowhere.
    public static TcpFront none() {
        return new TcpFront(null, List.of(), TcpLimits.STANDARD);
    }

    private void listen(MultiThreadIoEventLoopGroup group, InetSocketAddress address) {
        ChannelFuture bound =
                transport
                        .listener(group, address.getAddress())
                        .option(ChannelOption.SO_BACKLOG, WAITING_TO_BE_TAKEN)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.AUTO_READ, false)
                        .childOption(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new AdaptiveRecvByteBufAllocator(512, 2_048, READ_BYTES)
                                        .maxMessagesPerRead(READS_AT_ONCE))
                        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, IN_WRITING)
                        .childHandler(new Doorman(address.getPort()))
                        .bind(address)
                        .awaitUninterruptibly();
        if (bound.isSuccess()) {
            listeners.add(bound.channel());
            listening.add(address);
        } else {
            LOG.warn(
                    "no media by TCP on {}: {}. Who can send UDP is served all the same; who cannot"
                            + " sees and hears nothing. Look what has the port ('ss -ltnp sport = :{}'),"
                            + " or take another maplebridge.media.port.",
                    Addresses.text(address),
                    bound.cause().getMessage(),
                    address.getPort());
        }
    }

    /// Where it listens, as given to [#open].
    public List<InetSocketAddress> listening() {
        return List.copyOf(listening);
    }

    public TcpCounters counters() {
        return counters;
    }

    /// What the relay says of a leg, and where its peer really is if it comes by TCP.
    public LegStats named(LegStats leg) {
        String remote = behind.get(leg.remoteAddress());
        return remote == null ? leg : leg.byTcp(remote);
    }

    private final class Doorman extends ChannelInitializer<SocketChannel> {
        private final int port;

        Doorman(int port) {
            this.port = port;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            InetSocketAddress remote = channel.remoteAddress();
            InetSocketAddress local = channel.localAddress();
            if (remote == null || local == null) { // gone again
                counters.onEnd(TcpEnd.LEFT);
                channel.close();
                return;
            }
            TcpEnd refusal = admission.admit(remote.getAddress());
            if (refusal == null) {
                join(channel, remote, new InetSocketAddress(local.getAddress(), port));
            } else {
                counters.onEnd(refusal);
                TcpPeer.abort(channel);
            }
        }
    }

    private void join(
            SocketChannel channel, InetSocketAddress remote, InetSocketAddress mediaPort) {
        counters.open(admission);
        TcpPeer.open(transport, channel, mediaPort)
                .addListener((ChannelFuture connected) -> {
                    if (connected.isSuccess()) {
                        begin(channel, connected.channel(), remote);
                    } else {
                        LOG.debug("no socket for a media connection", connected.cause());
                        counters.onEnd(TcpEnd.TROUBLE);
                        admission.left(remote.getAddress(), false);
                        counters.open(admission);
                        TcpPeer.abort(channel);
                    }
                });
    }

    private void begin(SocketChannel channel, Channel relay, InetSocketAddress remote) {
        var peer = new TcpPeer(channel, relay, remote, counters, room, this::changed);
        peers.add(peer);
        behind.put(peer.seenAs(), Addresses.text(remote));
        peer.start();
    }

    private void changed(TcpPeer peer) {
        if (peer.ended()) {
            peers.remove(peer);
            behind.remove(peer.seenAs(), Addresses.text(peer.remote()));
            admission.left(peer.remote().getAddress(), peer.proved());
        } else {
            admission.proved(peer.remote().getAddress());
        }
        counters.open(admission);
    }

    private void tick() {
        long now = System.nanoTime();
        List.copyOf(peers).forEach(peer -> peer.tick(now));
    }

    /// After the relay's last word.
    @Override
    public void close() {
        if (group == null || group.isShuttingDown()) {
            return;
        }
        listeners.forEach(listener -> listener.close().awaitUninterruptibly(STOP_MILLIS));
        group.submit(() -> List.copyOf(peers).forEach(peer -> peer.end(TcpEnd.STOPPED)))
                .awaitUninterruptibly(STOP_MILLIS);
        group.shutdownGracefully(0, STOP_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(STOP_MILLIS);
    }
}
