package org.maplebridge.media.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.maplebridge.media.wire.Addresses;
import org.maplebridge.media.wire.Datagrams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection: its frames go to the media port as datagrams from a socket of its own, what
/// comes back there goes to the peer as frames. Decides nothing.
///
/// Thread: the front's loop.
final class TcpPeer {
    private static final Logger LOG = LoggerFactory.getLogger(TcpPeer.class);

    /// RFC 4571 §2.
    private static final int LENGTH_BYTES = 2;

    /// A key frame and what answers it, until the loop comes to this connection.
    private static final int SOCKET_BUFFER_BYTES = 1 << 20;

    /// Above [Datagrams#MAX_LENGTH].
    private static final int RECEIVE_BYTES = 2_048;

    private static final int DATAGRAMS_PER_BURST = 64;

    private final SocketChannel peer;
    private final Channel relay;
    private final InetSocketAddress remote;
    private final String seenAs;
    private final TcpConduct conduct;
    private final TcpCounters counters;
    private final Consumer<TcpPeer> listener;
    private final Backlog<ByteBuf> backlog;
    private boolean ended;

    /// @param relay bound, and connected to the media port
    /// @param room what may wait for all peers together
    /// @param listener told when the peer proves itself, and when it has left
    TcpPeer(
            SocketChannel peer,
            Channel relay,
            InetSocketAddress remote,
            TcpCounters counters,
            Backlog.Room room,
            Consumer<TcpPeer> listener) {
        this.peer = peer;
        this.relay = relay;
        this.remote = remote;
        this.seenAs = Addresses.text((InetSocketAddress) relay.localAddress());
        this.counters = counters;
        this.listener = listener;
        this.conduct = new TcpConduct(System.nanoTime());
        this.backlog = new Backlog<>(room, this::leaveOut);
    }

    /// Begins to carry.
    void start() {
        relay.pipeline().addLast(new FromRelay());
        peer.pipeline()
                .addLast(
                        new LengthFieldBasedFrameDecoder(
                                LENGTH_BYTES + Datagrams.MAX_LENGTH,
                                0,
                                LENGTH_BYTES,
                                0,
                                LENGTH_BYTES),
                        new LengthFieldPrepender(LENGTH_BYTES),
                        new FromPeer());
        relay.config().setAutoRead(true);
        peer.config().setAutoRead(true);
        if (!peer.isActive()) { // gone before anybody listened
            end(TcpEnd.LEFT);
        }
    }

    /// Where the peer really is.
    InetSocketAddress remote() {
        return remote;
    }

    /// What the relay takes for its address, as in its statistics.
    String seenAs() {
        return seenAs;
    }

    boolean proved() {
        return conduct.proved();
    }

    boolean ended() {
        return ended;
    }

    /// Ends what has been silent or unproved for too long.
    void tick(long nowNanos) {
        TcpEnd end = conduct.end(nowNanos);
        if (end != null) {
            end(end);
        } else {
            pump(nowNanos);
        }
    }

    void end(TcpEnd reason) {
        if (ended) {
            return;
        }
        ended = true;
        counters.onEnd(reason);
        backlog.clear();
        relay.close();
        if (reason != TcpEnd.LEFT && reason != TcpEnd.STOPPED) {
            abort(peer);
        } else {
            peer.close(); // what was written goes out: the relay's goodbye
        }
        listener.accept(this);
    }

    /// Closes at once, and keeps nothing in the kernel for it.
    static void abort(SocketChannel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }

    private void onFrame(ByteBuf frame) {
        long now = System.nanoTime();
        TcpLoss loss = conduct.onFrame(head(frame), frame.readableBytes(), now);
        if (loss == null && !relay.isWritable()) {
            loss = TcpLoss.RELAY_BUSY;
        }
        if (loss != null) {
            leaveOut(frame, loss);
        } else {
            counters.received();
            relay.write(frame, relay.voidPromise());
        }
        TcpEnd end = conduct.end(now);
        if (end != null) {
            end(end);
        }
    }

    private void onDatagram(ByteBuf datagram) {
        long now = System.nanoTime();
        if (conduct.onDatagram(head(datagram), datagram.readableBytes(), now)) {
            listener.accept(this);
        }
        backlog.add(datagram, now);
    }

    /// Hands the connection what it takes now. Its own buffers are small, so that what waits does
    /// so where it can still be left out.
    private void pump(long nowNanos) {
        boolean written = false;
        while (!ended && peer.isWritable()) {
            ByteBuf next = backlog.next(nowNanos);
            if (next == null) {
                break;
            }
            counters.sent();
            peer.write(next, peer.voidPromise());
            written = true;
        }
        if (written) {
            peer.flush(); // what it makes writable again comes by channelWritabilityChanged
        }
    }

    private void leaveOut(ByteBuf datagram, TcpLoss reason) {
        if (!ended) { // what waits for who is gone is no sign of a slow reader
            counters.leftOut(reason);
        }
        datagram.release();
    }

    private static long head(ByteBuf data) {
        return data.readableBytes() < Long.BYTES ? 0 : data.getLong(data.readerIndex());
    }

    private void onTrouble(Throwable cause) {
        TcpEnd end =
                switch (cause) {
                    case DecoderException _ -> TcpEnd.OVERSIZED;
                    case IOException _ -> TcpEnd.LEFT;
                    default -> TcpEnd.TROUBLE;
                };
        if (end == TcpEnd.TROUBLE && !ended) {
            LOG.error("a media connection met a bug", cause);
        }
        end(end);
    }

    private final class FromPeer extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (!ended && message instanceof ByteBuf frame) {
                onFrame(frame);
            } else {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            relay.flush();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            pump(System.nanoTime());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            end(TcpEnd.LEFT);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            onTrouble(cause);
        }
    }

    private final class FromRelay extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (!ended && message instanceof DatagramPacket packet) {
                onDatagram(packet.content());
            } else {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            pump(System.nanoTime());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            end(TcpEnd.TROUBLE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            onTrouble(cause);
        }
    }

    /// Opens the socket by which a connection reaches the media port: bound to the same address,
    /// and connected, so that nobody else is heard or reached by it.
    ///
    /// @param mediaPort at the address that the peer reached
    static ChannelFuture open(
            TcpTransport transport, SocketChannel peer, InetSocketAddress mediaPort) {
        return transport
                .datagrams(peer.eventLoop(), mediaPort.getAddress())
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(RECEIVE_BYTES)
                                .maxMessagesPerRead(DATAGRAMS_PER_BURST))
                .handler(new ChannelInboundHandlerAdapter()) // ours come when it is connected
                .connect(mediaPort, new InetSocketAddress(mediaPort.getAddress(), 0));
    }
}
