package org.maplebridge.signaling.protocol;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is said of a meeting that was called together by one press: to the rooms that may call it
/// and to who sits there.
public sealed interface ConsultationNews extends ServerMessage {
    /// Each time all of it.
    @MessageType("consultation.state")
    record ConsultationState(Consultation consultation) implements ConsultationNews {}

    /// It is time for a meeting that comes again. Nothing has been opened.
    @MessageType("consultation.due")
    record ConsultationDue(String preset, String town, String name) implements ConsultationNews {}

    /// @param preset id of who is called together
    /// @param town whose preset it is
    /// @param incident that it is about, if it is about any
    /// @param by name of who called it
    /// @param members everybody who has a place
    record Consultation(
            String id,
            String preset,
            String town,
            String title,
            @Nullable String incident,
            String by,
            Instant calledAt,
            @Nullable Instant endedAt,
            List<ConsultationMember> members) {}

    /// @param person the place at the table
    record ConsultationMember(String person, String account, String name, MemberState state) {}

    enum MemberState {
        RINGING,
        /// Has accepted and is on the way.
        ACCEPTED,
        HERE,
        DECLINED,
        NO_ANSWER,
        /// No console or terminal of theirs is connected here.
        ABSENT,
        /// Something else rings there.
        BUSY,
        /// Was there, or was never rung.
        AWAY
    }
}
