package org.maplebridge.signaling.websocket;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.ee11.websocket.server.JettyServerUpgradeRequest;
import org.eclipse.jetty.ee11.websocket.server.JettyServerUpgradeResponse;
import org.eclipse.jetty.ee11.websocket.server.JettyWebSocketServlet;
import org.eclipse.jetty.ee11.websocket.server.JettyWebSocketServletFactory;
import org.jspecify.annotations.Nullable;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.CallerAuthentication;
import org.maplebridge.signaling.session.Sessions;

/// `GET /ws`. Who comes here has been let through by the filter chain already.
public final class SocketServlet extends JettyWebSocketServlet {
    public static final String SUBPROTOCOL = "maplebridge.v1";

    /// Above the protocol's own limit, so that ours answers with our close code first.
    private static final long MAX_MESSAGE_BYTES = 1_024 * 1_024;

    /// Behind the session's own 30 s without a sign of life.
    private static final Duration IDLE = Duration.ofSeconds(60);

    private final transient Sessions sessions;

    public SocketServlet(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    protected void configure(JettyWebSocketServletFactory factory) {
        factory.setIdleTimeout(IDLE);
        factory.setMaxTextMessageSize(MAX_MESSAGE_BYTES);
        factory.setMaxBinaryMessageSize(1_024);
        factory.setMaxFrameSize(MAX_MESSAGE_BYTES);
        factory.setCreator(this::accept);
    }

    private @Nullable Object accept(
            JettyServerUpgradeRequest request, JettyServerUpgradeResponse response)
            throws IOException {
        @Nullable Caller caller = CallerAuthentication.callerOf(request.getHttpServletRequest());
        if (!(caller instanceof Caller.Bearer who)) {
            response.sendForbidden("Only people have sessions.");
            return null;
        }
        if (!request.getSubProtocols().contains(SUBPROTOCOL)) {
            response.sendError(400, "The subprotocol is " + SUBPROTOCOL + ".");
            return null;
        }
        response.setAcceptedSubProtocol(SUBPROTOCOL);
        // No compression: it costs memory for each connection and most messages fit one packet.
        response.setExtensions(List.of());
        long asked =
                ServletContextRequest.getServletContextRequest(request.getHttpServletRequest())
                        .getBeginNanoTime();
        return new JettySocket(connection -> sessions.connect(who, connection, asked));
    }
}
