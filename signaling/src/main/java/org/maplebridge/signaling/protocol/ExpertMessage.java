package org.maplebridge.signaling.protocol;

/// Somebody who is asked into a mediation that goes on.
public sealed interface ExpertMessage extends ClientMessage {
    /// By who leads, at the table.
    ///
    /// @param account of the directory
    @MessageType("expert.ring")
    record ExpertRing(@Limit(min = 1, max = ClientMessage.ID_CHARS) String account)
            implements ExpertMessage {}

    /// By who is rung, at a console or terminal. Whoever accepts is answered by
    /// [ExpertNews.ExpertInvited].
    @MessageType("expert.answer")
    record ExpertAnswer(@Limit(min = 1, max = ClientMessage.ID_CHARS) String ring, boolean accept)
            implements ExpertMessage {}
}
