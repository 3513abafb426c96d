package org.maplebridge.signaling.command;

import org.maplebridge.signaling.protocol.Refusal;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.protocol.ServerMessage;

/// What a handler answers. Everything else it has to say it has said already.
public sealed interface Reply {
    Reply DONE = new Done();

    /// `ok`, if an answer was wished for.
    record Done() implements Reply {}

    record Refused(Refusal refusal) implements Reply {}

    /// The message has an answer of its own, which is the last thing to be said.
    record Said(ServerMessage message) implements Reply {}

    /// The handler gave the answer itself, because something had to follow it.
    record Answered() implements Reply {}

    static Reply refuse(RefusalCode code, String detail) {
        return new Refused(Refusal.of(code, detail));
    }

    /// Not visible and not there are not told apart.
    static Reply notVisible(String field) {
        return new Refused(
                Refusal.field(RefusalCode.NOT_VISIBLE, field, "There is no such " + field + "."));
    }
}
