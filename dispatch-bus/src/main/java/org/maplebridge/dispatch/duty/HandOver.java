package org.maplebridge.dispatch.duty;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.PlainText;
import org.maplebridge.dispatch.model.UserId;

/// What one shift of a room writes down for the next (交接班记录), and that the next has taken it over:
/// once, and by somebody else.
///
/// @param id chosen by who wrote it
/// @param from who hands over, by name
/// @param by the account that it was written with
/// @param taken absent until the next shift has read it
public record HandOver(
        String id,
        NodeId node,
        String from,
        String text,
        UserId by,
        Instant at,
        @Nullable Taken taken) {
    public static final int MAX_TEXT_CHARS = 2_000;

    /// @param to who took over, by name
    public record Taken(String to, UserId by, Instant at) {
        public Taken {
            PlainText.require(to, Shift.MAX_PERSON_CHARS);
        }
    }

    public HandOver {
        if (!Ids.isValid(id)) {
            throw new IllegalArgumentException("not an id");
        }
        PlainText.require(from, Shift.MAX_PERSON_CHARS);
        PlainText.require(text, MAX_TEXT_CHARS);
    }

    /// Nobody takes over from themselves.
    public boolean mayBeTakenBy(String person) {
        return !person.strip().equals(from.strip());
    }

    /// Whether another one sent under this id says the same.
    public boolean saysTheSameAs(HandOver other) {
        return node.equals(other.node) && from.equals(other.from) && text.equals(other.text);
    }
}
