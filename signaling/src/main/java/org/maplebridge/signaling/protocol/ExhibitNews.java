package org.maplebridge.signaling.protocol;

import java.util.List;
import org.maplebridge.signaling.protocol.ExhibitMessage.MarkShape;

/// What lies before somebody at a mediation's table.
public sealed interface ExhibitNews extends ServerMessage {
    /// Each time all that the reader is shown, and nothing of what they are not.
    @MessageType("exhibit.shown")
    record ExhibitsShown(List<TableExhibit> exhibits) implements ExhibitNews {}

    /// @param title as its uploader's device called it; empty for what the incident has
    /// @param by who laid it there
    /// @param to `all`, `joint`, or the party whose private room it is
    /// @param mine whether the reader may clear it and take it off
    /// @param href where the reader is shown it, for some minutes
    record TableExhibit(
            String evidence,
            ExhibitKind kind,
            String title,
            String by,
            String to,
            boolean mine,
            String href,
            List<TableMark> marks) {}

    /// @param points in thousandths of the picture's width and height
    record TableMark(String by, MarkShape shape, String points) {}

    enum ExhibitKind {
        PICTURE,
        VIDEO,
        DOCUMENT
    }
}
