package org.maplebridge.signaling.objects.s3;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/// A line to a server that breaks after so many bytes in one direction, as often as it may, and
/// that changes a byte on its way.
///
/// Thread: any.
public final class CutLine implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final AtomicLong cuts = new AtomicLong();
    private final AtomicLong carriedUp = new AtomicLong();
    private final AtomicLong flips = new AtomicLong();
    private volatile long upBytes = Long.MAX_VALUE;
    private volatile long downBytes = Long.MAX_VALUE;
    private volatile long mostCuts;
    private volatile long flipAt = Long.MAX_VALUE;

    public CutLine(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /// @param up bytes of one connection to the server
    /// @param down bytes of one connection from it
    /// @param times no more often
    public void breaks(long up, long down, long times) {
        upBytes = up;
        downBytes = down;
        mostCuts = cuts.get() + times;
    }

    /// One bit of one byte towards the server is another one, so many times.
    ///
    /// @param at which byte of a connection's
    public void flips(long at, long times) {
        flipAt = at;
        flips.set(times);
    }

    /// Bytes that went to the server.
    public long carriedUp() {
        return carriedUp.get();
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
                if (up) {
                    flip(piece, carried - got, got);
                    carriedUp.addAndGet(got);
                }
                to.getOutputStream().write(piece, 0, got);
            }
        } catch (IOException broken) {
            // as lines are
        }
    }

    private void flip(byte[] piece, long from, int got) {
        long at = flipAt - from;
        if (at >= 0 && at < got && flips.getAndDecrement() > 0) {
            piece[(int) at] ^= 1;
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
