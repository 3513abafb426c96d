package org.maplebridge.media.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.channels.spi.SelectorProvider;

/// Which of Netty's transports carries the connections here.
enum TcpTransport {
    /// Linux with the native library.
    EPOLL {
        @Override
        IoHandlerFactory handlerFactory() {
            return EpollIoHandler.newFactory();
        }

        @Override
        ServerChannel newListener(SocketProtocolFamily family) {
            return new EpollServerSocketChannel(family);
        }

        @Override
        DatagramChannel newDatagramChannel(SocketProtocolFamily family) {
            return new EpollDatagramChannel(family);
        }
    },
    /// Everywhere else.
    NIO {
        @Override
        IoHandlerFactory handlerFactory() {
            return NioIoHandler.newFactory();
        }

        @Override
        ServerChannel newListener(SocketProtocolFamily family) {
            return new NioServerSocketChannel(SelectorProvider.provider(), family);
        }

        @Override
        DatagramChannel newDatagramChannel(SocketProtocolFamily family) {
            return new NioDatagramChannel(family);
        }
    };

    /// What the kernel may hold of a connection that it has not sent yet. By itself it would take
    /// megabytes from us, which a weak link carries for half a minute.
    private static final long UNSENT_BYTES = 16_384;

    static TcpTransport best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    abstract IoHandlerFactory handlerFactory();

    abstract ServerChannel newListener(SocketProtocolFamily family);

    abstract DatagramChannel newDatagramChannel(SocketProtocolFamily family);

    /// A listener of the address's own family.
    ServerBootstrap listener(EventLoopGroup group, InetAddress address) {
        var bootstrap = new ServerBootstrap();
        bootstrap.group(group).channelFactory(() -> newListener(familyOf(address)));
        return this == EPOLL
                ? bootstrap.childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, UNSENT_BYTES)
                : bootstrap;
    }

    Bootstrap datagrams(EventLoopGroup loop, InetAddress address) {
        return new Bootstrap()
                .group(loop)
                .channelFactory(() -> newDatagramChannel(familyOf(address)));
    }

    private static SocketProtocolFamily familyOf(InetAddress address) {
        return address instanceof Inet6Address
                ? SocketProtocolFamily.INET6
                : SocketProtocolFamily.INET;
    }
}
