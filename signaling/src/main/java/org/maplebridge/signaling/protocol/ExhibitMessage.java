package org.maplebridge.signaling.protocol;

/// What somebody at a mediation's table does with documents and pictures there. Which table and who
/// speaks follows from the session.
public sealed interface ExhibitMessage extends ClientMessage {
    int MARK_CHARS = 1_000;

    /// Lays something on the table, or shows what lies there to others than before.
    ///
    /// @param evidence of the folder
    /// @param to `all`, `joint`, or the party whose private room it is
    @MessageType("exhibit.show")
    record ExhibitShow(
            @Limit(min = 1, max = ClientMessage.ID_CHARS) String evidence,
            @Limit(min = 1, max = MediationMessage.PERSON_CHARS) String to)
            implements ExhibitMessage {}

    /// @param points `x,y` parted by blanks, in thousandths of the picture's width and height: one
    ///   for a point, two corners for a box, 2 to 100 for a line
    @MessageType("exhibit.mark")
    record ExhibitMark(
            @Limit(min = 1, max = ClientMessage.ID_CHARS) String evidence,
            MarkShape shape,
            @Limit(min = 1, max = MARK_CHARS) String points)
            implements ExhibitMessage {}

    /// Takes all marks away.
    @MessageType("exhibit.clear")
    record ExhibitClear(@Limit(min = 1, max = ClientMessage.ID_CHARS) String evidence)
            implements ExhibitMessage {}

    /// Takes it off the table.
    @MessageType("exhibit.remove")
    record ExhibitRemove(@Limit(min = 1, max = ClientMessage.ID_CHARS) String evidence)
            implements ExhibitMessage {}

    enum MarkShape {
        POINT,
        BOX,
        LINE
    }
}
