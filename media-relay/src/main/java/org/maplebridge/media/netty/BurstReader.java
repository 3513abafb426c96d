package org.maplebridge.media.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;

/// Carries what one socket receives into its loop, datagram by datagram, and says when a burst is
/// over.
///
/// Thread: its media loop.
final class BurstReader extends ChannelInboundHandlerAdapter {
    private final MediaLoop loop;
    private final int localSocket;

    /// @param localSocket index of the socket's address
    BurstReader(MediaLoop loop, int localSocket) {
        this.loop = loop;
        this.localSocket = localSocket;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof DatagramPacket datagram) {
                loop.onDatagram(localSocket, datagram.sender(), datagram.content());
            }
        } catch (RuntimeException e) {
            loop.onBug(e);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        try {
            loop.onBurstEnd();
        } catch (RuntimeException e) {
            loop.onBug(e);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        loop.onTrouble(cause);
    }
}
