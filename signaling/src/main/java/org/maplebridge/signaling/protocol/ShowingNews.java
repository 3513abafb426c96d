package org.maplebridge.signaling.protocol;

import java.time.Instant;

/// News of pictures that a room is shown for an incident, though it sees no more of the unit than
/// this one stream.
public sealed interface ShowingNews extends ServerMessage {
    @MessageType("live.shown")
    record LiveShown(Shown shown) implements ShowingNews {}

    @MessageType("live.hidden")
    record LiveHidden(String id, String unit, HiddenWhy cause) implements ShowingNews {}

    /// @param incident which it is shown for
    /// @param name of the unit
    /// @param room who shows it
    record Shown(
            String id,
            String incident,
            String number,
            String title,
            String unit,
            String name,
            ServerMessage.UnitNews.Kind kind,
            String room,
            String by,
            String reason,
            Instant since) {}

    enum HiddenWhy {
        STREAM,
        TAKEN_BACK,
        INCIDENT
    }
}
