package org.maplebridge.media.tcp;

import org.jspecify.annotations.Nullable;

/// What one connection has said and been told so far, and whether it may go on.
///
/// Nobody is trusted before the relay has answered one of its checks with success, which it does
/// only when the check carried the right password.
///
/// Pure. Thread: the front's loop.
final class TcpConduct {
    /// A browser's first check is there within a round trip; a slow network's within a few.
    static final long PROOF_NANOS = 10_000_000_000L;

    /// Browsers check the paths they keep every few seconds, and consent ends after 30 s (RFC
    /// 7675).
    static final long SILENCE_NANOS = 60_000_000_000L;

    /// Some hundred checks: what a browser sends in 10 s, and more.
    static final int MOST_UNPROVED_BYTES = 65_536;

    private static final int STUN_HEADER_LENGTH = 20;
    private static final long MAGIC_COOKIE = 0x2112A442L;
    private static final int BINDING_REQUEST = 0x0001;
    private static final int BINDING_SUCCESS = 0x0101;

    private final long beganNanos;
    private long heardNanos;
    private int unprovedBytes;
    private boolean spoke;
    private boolean proved;
    private @Nullable TcpEnd end;

    TcpConduct(long nowNanos) {
        beganNanos = nowNanos;
        heardNanos = nowNanos;
    }

    /// A whole frame came from the peer.
    ///
    /// @param head its first eight bytes, most significant first; 0 when it is shorter
    /// @param length without the frame's own header
    /// @return null when it goes on to the relay, else why not
    @Nullable TcpLoss onFrame(long head, int length, long nowNanos) {
        if (length == 0) {
            return TcpLoss.EMPTY;
        }
        if (end != null || !proved && !mayAsk(isStun(head, length, BINDING_REQUEST), length)) {
            return TcpLoss.UNPROVED;
        }
        heardNanos = nowNanos;
        return null;
    }

    private boolean mayAsk(boolean check, int length) {
        if (!check && !spoke) {
            end = TcpEnd.NOT_STUN;
        }
        spoke = true;
        unprovedBytes += length;
        if (end == null && unprovedBytes > MOST_UNPROVED_BYTES) {
            end = TcpEnd.UNPROVED;
        }
        return check && end == null;
    }

    /// The relay sends the peer a datagram.
    ///
    /// @param head as for [#onFrame]
    /// @return whether the peer has proved itself just now
    boolean onDatagram(long head, int length, long nowNanos) {
        heardNanos = nowNanos;
        boolean now = !proved && isStun(head, length, BINDING_SUCCESS);
        proved |= now;
        return now;
    }

    boolean proved() {
        return proved;
    }

    /// Why the connection is to be closed now; null while it may stay.
    @Nullable TcpEnd end(long nowNanos) {
        if (end != null) {
            return end;
        }
        if (!proved) {
            return nowNanos - beganNanos >= PROOF_NANOS ? TcpEnd.UNPROVED : null;
        }
        return nowNanos - heardNanos >= SILENCE_NANOS ? TcpEnd.SILENT : null;
    }

    /// Type, length and magic cookie of RFC 8489 §5; the relay reads the rest.
    private static boolean isStun(long head, int length, int type) {
        return length >= STUN_HEADER_LENGTH
                && head >>> 48 == type
                && (head >>> 32 & 0xffff) == length - STUN_HEADER_LENGTH
                && (head & 0xffff_ffffL) == MAGIC_COOKIE;
    }
}
