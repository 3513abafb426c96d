package org.maplebridge.media.tcp;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;

/// The other end of a connection to the front: writes and reads frames of RFC 4571.
///
/// Thread: the test's.
final class FramedClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    final Socket socket = new Socket();
    private final DataInputStream in;

    private FramedClient(InetSocketAddress front, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(front, PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new DataInputStream(socket.getInputStream());
    }

    static FramedClient to(InetSocketAddress front) throws IOException {
        return new FramedClient(front, 0);
    }

    /// One whose kernel takes little that nobody reads.
    static FramedClient slow(InetSocketAddress front) throws IOException {
        return new FramedClient(front, 16_384);
    }

    /// Connects, and waits to be closed.
    static boolean isTurnedAway(InetSocketAddress front) throws IOException {
        try (var client = to(front)) {
            return client.isClosed();
        } catch (SocketException _) {
            return true; // reset before it was there
        }
    }

    /// Connects, and is gone.
    static void knock(InetSocketAddress front) throws IOException {
        try (var client = to(front)) {
            client.socket.shutdownOutput();
        } catch (SocketException _) {
            // turned away meanwhile
        }
    }

    /// A binding request with nothing in it; or its success response.
    static byte[] stun(int type, int length) {
        return ByteBuffer.allocate(length).putLong(TcpConductTest.stun(type, length)).array();
    }

    static byte[] framed(byte[] data) {
        return ByteBuffer.allocate(2 + data.length).putShort((short) data.length).put(data).array();
    }

    void send(byte[] data) throws IOException {
        sendRaw(framed(data));
    }

    void sendRaw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    byte[] receive() throws IOException {
        byte[] data = new byte[in.readUnsignedShort()];
        in.readFully(data);
        return data;
    }

    /// Waits for the end.
    boolean isClosed() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException | EOFException _) {
            return true; // reset
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
