package org.maplebridge.media.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.util.List;
import java.util.function.IntConsumer;
import org.maplebridge.media.wire.DatagramSender;
import org.maplebridge.media.wire.OutboundBatch;
import org.maplebridge.media.wire.PeerPath;

/// Sends a batch through the receiving channels: works everywhere, a copy and some garbage dearer
/// than [org.maplebridge.media.syscall.SendmmsgSender].
///
/// Thread: the media loop of its channels.
final class NettySender implements DatagramSender {
    private final List<DatagramChannel> channels;
    private final IntConsumer refused;

    /// @param channels in the order of [PeerPath#localSocket()]
    NettySender(List<DatagramChannel> channels, IntConsumer refused) {
        this.channels = List.copyOf(channels);
        this.refused = refused;
    }

    @Override
    public void send(OutboundBatch batch) {
        for (int i = 0; i < batch.count(); i++) {
            PeerPath path = batch.path(i);
            DatagramChannel channel = channels.get(path.localSocket());
            if (!channel.isWritable()) {
                refused.accept(1); // the socket buffer and Netty's own are full
                continue;
            }
            int length = batch.length(i);
            ByteBuf copy = channel.alloc().directBuffer(length);
            copy.writeBytes(batch.memory().asSlice(OutboundBatch.offset(i), length).asByteBuffer());
            channel.write(new DatagramPacket(copy, path.remote()), channel.voidPromise());
        }
        for (DatagramChannel channel : channels) {
            channel.flush();
        }
    }
}
