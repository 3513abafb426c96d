package org.maplebridge.load.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;

/// A translator of addresses and ports between one node and another: what the inner one sends goes
/// on from another port, and nothing comes in before that (RFC 4787, mapping and filtering by
/// endpoint).
///
/// Thread: one of its own carries everything; [#close] ends it.
final class OneWayNat implements AutoCloseable {
    private final DatagramChannel inside = open();
    private final DatagramChannel outside = open();
    private final Selector selector = Selector.open();
    private final InetSocketAddress to;
    private volatile @Nullable SocketAddress inner;

    private OneWayNat(InetSocketAddress to) throws IOException {
        this.to = to;
        inside.register(selector, SelectionKey.OP_READ);
        outside.register(selector, SelectionKey.OP_READ);
        Thread.ofPlatform().daemon().name("nat").start(this::run);
    }

    static OneWayNat to(InetSocketAddress outer) throws IOException {
        return new OneWayNat(outer);
    }

    private static DatagramChannel open() throws IOException {
        var channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        return channel;
    }

    /// Where the inner node sends to.
    InetSocketAddress inside() throws IOException {
        return (InetSocketAddress) inside.getLocalAddress();
    }

    /// Where the outer node sees it.
    InetSocketAddress outside() throws IOException {
        return (InetSocketAddress) outside.getLocalAddress();
    }

    boolean mapped() {
        return inner != null;
    }

    private void run() {
        var buffer = ByteBuffer.allocateDirect(2_048);
        try {
            while (selector.isOpen()) {
                selector.select();
                selector.selectedKeys().clear();
                carry(buffer);
            }
        } catch (ClosedSelectorException _) {
            // closed
        } catch (IOException e) {
            if (selector.isOpen()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void carry(ByteBuffer buffer) throws IOException {
        for (var from = inside.receive(buffer.clear());
                from != null;
                from = inside.receive(buffer.clear())) {
            inner = from;
            outside.send(buffer.flip(), to);
        }
        for (var from = outside.receive(buffer.clear());
                from != null;
                from = outside.receive(buffer.clear())) {
            @Nullable SocketAddress node = inner;
            if (node != null && from.equals(to)) {
                inside.send(buffer.flip(), node);
            }
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        inside.close();
        outside.close();
    }
}
