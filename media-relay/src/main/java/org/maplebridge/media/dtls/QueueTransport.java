package org.maplebridge.media.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.wire.Datagrams;

/// The blocking face of a datagram flow: what arrives waits in a bounded queue, what leaves is
/// gathered so that one flight of records takes few datagrams.
///
/// Thread: [#feed] and [#end] any, the queue is in between; all else the handshake's thread.
final class QueueTransport implements DatagramTransport {
    /// Two flights of a fragmented handshake.
    private static final int CAPACITY = 32;

    /// Fits every path with IPv6's least MTU and some tunnels.
    static final int SEND_LIMIT = 1_200;

    /// Stands in the queue for "stop reading".
    private static final byte[] END = new byte[0];

    /// An interruption, so that BouncyCastle raises no alert. Thrown to whoever reads on after
    /// [#end] or [#close].
    static final class Ended extends InterruptedIOException {
        private static final long serialVersionUID = 1;
    }

    private final BlockingQueue<byte[]> arrived = new ArrayBlockingQueue<>(CAPACITY);
    private final Consumer<DtlsOutput> output;
    private final byte[] pending = new byte[SEND_LIMIT];
    private int pendingLength;
    private boolean closed;

    QueueTransport(Consumer<DtlsOutput> output) {
        this.output = output;
    }

    /// @return false when the queue is full
    boolean feed(byte[] data, int offset, int length) {
        return length > 0 && arrived.offer(Arrays.copyOfRange(data, offset, offset + length));
    }

    /// Makes the reader stop, whatever still waits in the queue.
    void end() {
        while (!arrived.offer(END)) {
            arrived.poll();
        }
    }

    @Override
    public int getReceiveLimit() {
        return Datagrams.MAX_LENGTH;
    }

    @Override
    public int getSendLimit() {
        return SEND_LIMIT;
    }

    /// @param waitMillis 0 waits for ever
    @Override
    public int receive(byte[] into, int offset, int limit, int waitMillis) throws IOException {
        flush();
        if (closed) {
            throw new Ended(); // BouncyCastle would wait on behind a close_notify
        }
        byte[] datagram = next(waitMillis);
        if (datagram == null) {
            return -1;
        }
        if (datagram == END) {
            throw new Ended();
        }
        int length = Math.min(limit, datagram.length);
        System.arraycopy(datagram, 0, into, offset, length);
        return length;
    }

    @SuppressWarnings("ReferenceEquality") // END is a mark, not a value
    private byte @Nullable [] next(int waitMillis) throws IOException {
        try {
            return waitMillis == 0
                    ? arrived.take()
                    : arrived.poll(waitMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void send(byte[] data, int offset, int length) {
        if (pendingLength + length > SEND_LIMIT) {
            flush();
        }
        if (length > SEND_LIMIT) {
            output.accept(
                    new DtlsOutput.Datagram(Arrays.copyOfRange(data, offset, offset + length)));
            return;
        }
        System.arraycopy(data, offset, pending, pendingLength, length);
        pendingLength += length;
    }

    void flush() {
        if (pendingLength > 0) {
            output.accept(new DtlsOutput.Datagram(Arrays.copyOf(pending, pendingLength)));
            pendingLength = 0;
        }
    }

    /// BouncyCastle closes its transport after the peer's close_notify or a fatal alert.
    @Override
    public void close() {
        flush();
        closed = true;
    }

    boolean closed() {
        return closed;
    }
}
