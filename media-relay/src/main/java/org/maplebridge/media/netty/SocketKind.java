package org.maplebridge.media.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.Inet6Address;
import java.net.InetAddress;

/// Which of Netty's transports carries the media sockets here.
enum SocketKind {
    /// Linux with the native library: one port shared by all loops.
    EPOLL {
        @Override
        IoHandlerFactory handlerFactory() {
            return EpollIoHandler.newFactory();
        }

        @Override
        DatagramChannel newChannel(SocketProtocolFamily family) {
            return new EpollDatagramChannel(family);
        }
    },
    /// Everywhere else: a port belongs to one socket, so there is one loop.
    NIO {
        @Override
        IoHandlerFactory handlerFactory() {
            return NioIoHandler.newFactory();
        }

        @Override
        DatagramChannel newChannel(SocketProtocolFamily family) {
            return new NioDatagramChannel(family);
        }
    };

    static SocketKind best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    abstract IoHandlerFactory handlerFactory();

    abstract DatagramChannel newChannel(SocketProtocolFamily family);

    int loops(int wanted) {
        return this == EPOLL ? wanted : 1;
    }

    MultiThreadIoEventLoopGroup newGroup(int loops) {
        return new MultiThreadIoEventLoopGroup(
                loops, new DefaultThreadFactory("media", true), handlerFactory());
    }

    /// A socket of the address's own family: the kernel shares a port only among equals.
    Bootstrap bootstrap(EventLoop loop, InetAddress address) {
        SocketProtocolFamily family =
                address instanceof Inet6Address
                        ? SocketProtocolFamily.INET6
                        : SocketProtocolFamily.INET;
        var bootstrap = new Bootstrap().group(loop).channelFactory(() -> newChannel(family));
        return this == EPOLL ? bootstrap.option(UnixChannelOption.SO_REUSEPORT, true) : bootstrap;
    }
}
