package org.maplebridge.signaling.objects.s3;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/// A line to a server that breaks after so many bytes in one direction, each time anew while it may
/// break.
public final class CutLine implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final AtomicLong cuts = new AtomicLong();
    private volatile long upBytes = Long.MAX_VALUE;
    private volatile long downBytes = Long.MAX_VALUE;
    private volatile long mostCuts;

    public CutLine(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /// @param up bytes to the server, @param down bytes from it, of one connection
    public void breaks(long up, long down, long times) {
        upBytes = up;
        downBytes = down;
        mostCuts = cuts.get() + times;
    }

    public long cuts() {
        return cuts.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket near = door.accept();
                var far = new Socket(InetAddress.getLoopbackAddress(), target);
                Thread.ofVirtual().start(() -> carry(near, far, true));
                Thread.ofVirtual().start(() -> carry(far, near, false));
            }
        } catch (IOException closed) {
            // the test is over, or the server is away
        }
    }

    private void carry(Socket from, Socket to, boolean up) {
        var piece = new byte[8_192];
        long carried = 0;
        try (from;
                to) {
            InputStream in = from.getInputStream();
            for (int got = in.read(piece); got >= 0; got = in.read(piece)) {
                carried += got;
                if (carried > (up ? upBytes : downBytes) && cuts.get() < mostCuts) {
                    cuts.incrementAndGet();
                    from.setSoLinger(true, 0);
                    to.setSoLinger(true, 0);
                    return;
                }
                to.getOutputStream().write(piece, 0, got);
            }
        } catch (IOException broken) {
            // as lines are
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
