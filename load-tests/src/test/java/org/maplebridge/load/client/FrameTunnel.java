package org.maplebridge.load.client;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// Takes one client's datagrams to a server by TCP, in frames of RFC 4571, as a browser sends them
/// where no UDP gets through.
///
/// Thread: two of its own carry; [#close] ends them.
final class FrameTunnel implements AutoCloseable {
    private static final int LONGEST = 2_048;

    private final DatagramSocket client =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final Socket server;
    private volatile @Nullable SocketAddress inner;

    FrameTunnel(InetSocketAddress server) throws IOException {
        this.server = new Socket(server.getAddress(), server.getPort());
        this.server.setTcpNoDelay(true);
        Thread.ofPlatform().daemon().name("tunnel there").start(this::there);
        Thread.ofPlatform().daemon().name("tunnel back").start(this::back);
    }

    /// Where the client sends to.
    int port() {
        return client.getLocalPort();
    }

    /// Where the server sees it.
    int outerPort() {
        return server.getLocalPort();
    }

    private void there() {
        try {
            var out = new DataOutputStream(server.getOutputStream());
            byte[] frame = new byte[2 + LONGEST];
            var packet = new DatagramPacket(frame, 2, LONGEST);
            while (true) {
                client.receive(packet);
                inner = packet.getSocketAddress();
                frame[0] = (byte) (packet.getLength() >>> 8);
                frame[1] = (byte) packet.getLength();
                out.write(frame, 0, 2 + packet.getLength());
                packet.setLength(LONGEST);
            }
        } catch (IOException _) {
            close(); // by us, or by the server
        }
    }

    private void back() {
        try {
            var in = new DataInputStream(server.getInputStream());
            while (true) {
                byte[] data = new byte[in.readUnsignedShort()];
                in.readFully(data);
                SocketAddress to = inner;
                if (to != null) {
                    client.send(new DatagramPacket(data, data.length, to));
                }
            }
        } catch (IOException _) {
            close();
        }
    }

    @Override
    public void close() {
        client.close();
        try {
            server.close();
        } catch (IOException _) {
            // closed all the same
        }
    }
}
