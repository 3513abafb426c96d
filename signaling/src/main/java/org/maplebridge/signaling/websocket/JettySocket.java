package org.maplebridge.signaling.websocket;

import java.nio.ByteBuffer;
import java.util.function.Function;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.maplebridge.signaling.protocol.CloseCode;
import org.maplebridge.signaling.session.Connection;
import org.maplebridge.signaling.session.Inbound;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One WebSocket. Public with public methods because Jetty looks them up by reflection.
///
/// Thread: Jetty's, one callback after the other; [#send] and [#close] from any.
public final class JettySocket implements Session.Listener.AutoDemanding, Connection {
    private static final Logger LOG = LoggerFactory.getLogger(JettySocket.class);

    private final Function<Connection, Inbound> entrance;
    private volatile @Nullable Session session;
    private volatile @Nullable Inbound inbound;

    JettySocket(Function<Connection, Inbound> entrance) {
        this.entrance = entrance;
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        session = opened;
        inbound = entrance.apply(this);
    }

    @Override
    public void onWebSocketText(String message) {
        @Nullable Inbound way = inbound;
        if (way != null) {
            way.text(message);
        }
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
        callback.succeed();
        close(CloseCode.PROTOCOL_BREACH);
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        LOG.debug("websocket failed", cause);
    }

    @Override
    public void onWebSocketClose(int statusCode, String reason, Callback callback) {
        callback.succeed();
        lost();
    }

    @Override
    public void send(String text, Runnable written) {
        @Nullable Session open = session;
        if (open == null) {
            return;
        }
        try {
            open.sendText(text, Callback.from(written, this::failed));
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void close(CloseCode code) {
        @Nullable Session open = session;
        if (open != null) {
            open.close(code.code(), code.reason(), Callback.NOOP);
        }
    }

    private void failed(Throwable cause) {
        LOG.debug("could not write to a websocket", cause);
        @Nullable Session open = session;
        if (open != null) {
            Thread.ofVirtual().start(open::disconnect);
        }
        lost();
    }

    /// Jetty tells the end from inside of our own [#close] and [#send], whose caller holds a
    /// session's lock: so it is passed on from a thread that holds none.
    private void lost() {
        @Nullable Inbound way = inbound;
        if (way != null) {
            Thread.ofVirtual().start(way::closed);
        }
    }
}
