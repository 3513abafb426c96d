package org.maplebridge.dispatch.mediation.exhibit;

import org.maplebridge.dispatch.mediation.Room;

/// To whom something on the table is shown.
public sealed interface Audience {
    Audience EVERYBODY = new Everybody();

    /// Whoever is in a room, be it the joint one or a private one.
    record Everybody() implements Audience {}

    /// Whoever is in this room, as people come and go.
    record In(Room room) implements Audience {}

    /// `all`, or the room's word.
    default String word() {
        return switch (this) {
            case Everybody _ -> "all";
            case In(Room room) -> room.word();
        };
    }
}
