package org.maplebridge.signaling.trace;

/// The parts of a join, one after the other, each until the moment that it is named for.
public enum JoinPart {
    /// The token was looked up and the WebSocket stands.
    UPGRADE("join.upgrade"),
    /// The page said `hello`: its own time, and the network's.
    HELLO("join.hello"),
    /// There is a session: record and bus were asked whether an older one goes on.
    SESSION("join.session"),
    /// All that it may see was put together, and said.
    SNAPSHOT("join.snapshot"),
    /// The page offered media: its own time, and the network's.
    OFFER("join.offer"),
    /// The relay agreed, and the page was answered.
    ANSWER("join.answer"),
    /// A first check of the page came: there is a way for media (RFC 8445).
    ICE("join.ice"),
    /// Keys are agreed on: media flow.
    DTLS("join.dtls");

    private final String span;

    JoinPart(String span) {
        this.span = span;
    }

    String span() {
        return span;
    }
}
