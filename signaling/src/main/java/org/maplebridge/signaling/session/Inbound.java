package org.maplebridge.signaling.session;

import org.jspecify.annotations.Nullable;
import org.maplebridge.signaling.codec.Codec;
import org.maplebridge.signaling.codec.Decoded;
import org.maplebridge.signaling.protocol.ClientFrame;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage.MediaOffer;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.Hello;
import org.maplebridge.signaling.protocol.CloseCode;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.trace.Join;

/// One connection's way in: its first message says which session it is for.
///
/// Thread: the connection's callbacks, one after the other; `session` may be read from any.
public final class Inbound {
    /// A client that has nothing to say within this time does not speak our protocol.
    static final long HELLO_NANOS = 10_000_000_000L;

    private final Sessions sessions;
    private final Caller.Bearer who;
    private final Connection connection;
    private final long openedNanos;
    private final Join join;
    private volatile @Nullable ClientSession session;

    Inbound(
            Sessions sessions,
            Caller.Bearer who,
            Connection connection,
            long openedNanos,
            Join join) {
        this.join = join;
        this.sessions = sessions;
        this.who = who;
        this.connection = connection;
        this.openedNanos = openedNanos;
    }

    public void text(String text) {
        long now = sessions.nanoTime();
        if (text.length() > Codec.MAX_FRAME_CHARS) {
            tooLarge(now);
            return;
        }
        switch (sessions.decode(text)) {
            case Decoded.Frame(var frame) -> frame(frame, now);
            case Decoded.Unreadable(var re, var refusal) -> {
                @Nullable ClientSession known = session;
                if (known == null) {
                    refuse(CloseCode.PROTOCOL_BREACH);
                } else {
                    known.unreadable(connection, re, refusal, now);
                }
            }
        }
    }

    public void closed() {
        @Nullable ClientSession known = session;
        sessions.forget(this);
        if (known != null) {
            known.lost(connection, sessions.nanoTime());
        } else {
            join.refused("closed-without-hello");
        }
    }

    void tick(long nowNanos) {
        if (session == null && nowNanos - openedNanos >= HELLO_NANOS) {
            refuse(CloseCode.NO_SIGN_OF_LIFE);
        }
    }

    private void refuse(CloseCode code) {
        connection.close(code);
        join.refused(Sessions.word(code));
    }

    private void tooLarge(long nowNanos) {
        @Nullable ClientSession known = session;
        if (known == null) {
            refuse(CloseCode.MESSAGE_TOO_LARGE);
        } else {
            known.cut(connection, CloseCode.MESSAGE_TOO_LARGE, nowNanos);
        }
    }

    private void frame(ClientFrame frame, long nowNanos) {
        @Nullable ClientSession known = session;
        if (known != null) {
            if (frame.message() instanceof MediaOffer) {
                join.offered(nowNanos);
            }
            if (!known.received(connection, frame, nowNanos)) {
                connection.close(CloseCode.TAKEN_OVER);
            }
        } else if (frame.message() instanceof Hello hello) {
            join.said(nowNanos);
            session = sessions.greet(who, connection, hello, join);
            sessions.forget(this);
        } else {
            refuse(CloseCode.PROTOCOL_BREACH);
        }
    }
}
