package org.maplebridge.dispatch.mediation;

/// Where somebody is. Everybody who is there is in exactly one room.
public sealed interface Room {
    Room WAITING = new Waiting();
    Room JOINT = new Joint();

    /// Each waits alone: nobody here sees or hears anybody.
    record Waiting() implements Room {}

    record Joint() implements Room {}

    /// One party's own, for talks that the other side has no part in.
    record Private(PersonId party) implements Room {}

    static Room of(PersonId party) {
        return new Private(party);
    }

    /// `waiting`, `joint`, or the party's id.
    default String word() {
        return switch (this) {
            case Waiting _ -> "waiting";
            case Joint _ -> "joint";
            case Private(PersonId party) -> party.value();
        };
    }
}
