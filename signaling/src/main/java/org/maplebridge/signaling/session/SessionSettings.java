package org.maplebridge.signaling.session;

import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.CameraLayers;
import org.maplebridge.signaling.security.IceServers;

/// What a session is allowed and told at the start.
///
/// @param node name of this server
/// @param layers how cameras are sent
/// @param outboxLines,outboxChars beyond one of them a reader is cut off as too slow
public record SessionSettings(
        String node,
        IceServers iceServers,
        CameraLayers layers,
        int voiceSlots,
        double messagesPerSecond,
        int messageBurst,
        int outboxLines,
        long outboxChars,
        int maxSessions) {
    public static final int HEARTBEAT_SECONDS = 10;
}
