package org.maplebridge.signaling.protocol;

import org.jspecify.annotations.Nullable;

/// What is said of somebody who is asked into a mediation.
public sealed interface ExpertNews extends ServerMessage {
    /// To all devices of who is rung, again every few seconds.
    ///
    /// @param title of the mediation or consultation
    /// @param by name of who asks
    /// @param consultation whether it is one that this person is a member of
    @MessageType("expert.rung")
    record ExpertRung(String ring, String title, String by, boolean consultation)
            implements ExpertNews {}

    /// It rings no more.
    @MessageType("expert.over")
    record ExpertOver(String ring) implements ExpertNews {}

    /// The answer to who accepts.
    ///
    /// @param path of a page that opens once
    @MessageType("expert.invited")
    record ExpertInvited(@Nullable String re, String path) implements ExpertNews {}

    /// To who asked.
    @MessageType("expert.state")
    record ExpertState(String account, String name, RingState state) implements ExpertNews {}

    enum RingState {
        RINGING,
        ACCEPTED,
        DECLINED,
        NO_ANSWER
    }
}
