package org.maplebridge.signaling.protocol;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.signaling.protocol.MediationMessage.MediationOutcome;
import org.maplebridge.signaling.protocol.MediationMessage.TextKind;

/// What somebody at a mediation's table is told: each time all of it, as they may know it.
public sealed interface MediationNews extends ServerMessage {
    /// @param consultation whether it is one: no parties, one room, nothing to be signed
    /// @param me the reader
    /// @param room `waiting`, `joint`, or the party whose private room it is
    /// @param locked whether nobody new comes in
    /// @param knock who waits before the door of the room that one is in
    /// @param tiles whom one sees and hears, and where
    /// @param recorded whether the talk that one is in is being recorded
    /// @param ask whether the private talk that one is in is asked to be recorded
    /// @param troubles for who leads: whose recording failed
    /// @param consentTexts version of the texts to agree to
    /// @param outcome once it is over
    /// @param code by which the document can be asked for
    @MessageType("mediation.state")
    record MediationState(
            String id,
            String title,
            boolean consultation,
            String me,
            TableRole role,
            String room,
            boolean locked,
            @Nullable String knock,
            List<TablePerson> people,
            List<TableTile> tiles,
            boolean recorded,
            @Nullable TableAsk ask,
            List<TableTrouble> troubles,
            List<TableText> texts,
            String consentTexts,
            @Nullable MediationOutcome outcome,
            @Nullable String code)
            implements MediationNews {}

    @MessageType("mediation.drafted")
    record MediationDrafted(@Nullable String re, TextKind kind, String body)
            implements MediationNews {}

    /// @param together whether they are in the reader's room
    /// @param room for who leads: where they are; absent for who is not there
    /// @param bound whether they agreed to confidentiality
    /// @param recording whether they agreed to be recorded; absent while they have not said
    /// @param identity for who leads: masked
    /// @param phone absent for who has nothing to do with a telephone, as far as the reader may
    ///   know
    record TablePerson(
            String id,
            String name,
            TableRole role,
            @Nullable String side,
            boolean present,
            boolean together,
            @Nullable String room,
            boolean bound,
            @Nullable Boolean recording,
            boolean identified,
            @Nullable String identity,
            @Nullable TablePhone phone) {}

    /// Somebody's telephone.
    ///
    /// @param here whether they sit at the table by it: a voice, and no picture
    /// @param muted whether who leads keeps it from being heard
    /// @param callable for who leads: a number is kept
    /// @param call for who leads: what the last call to them or of theirs is at
    record TablePhone(boolean here, boolean muted, boolean callable, @Nullable TableCall call) {}

    enum TableCall {
        DIALLING,
        RINGING,
        /// Answered: is asked for confidentiality, and whether they may be recorded.
        NOTICE,
        SEATED,
        BUSY,
        NO_ANSWER,
        FAILED,
        GAVE_UP,
        REFUSED,
        HUNG_UP,
        ENDED,
        LOST,
        /// Came by their page.
        MOVED
    }

    record TableTile(int tile, String person) {}

    /// @param by name of who asks
    /// @param agreed whether the reader has said yes
    record TableAsk(String by, boolean agreed) {}

    /// @param cause such as `disk-full`, `disk-slow` or `little-room`
    record TableTrouble(String person, String cause) {}

    /// @param hash what a signature is bound to
    /// @param signedBy under this version
    record TableText(
            TextKind kind,
            int number,
            String body,
            String hash,
            @Nullable Instant readBack,
            List<String> signedBy) {}

    enum TableRole {
        MEDIATOR,
        CLERK,
        PARTY,
        AGENT,
        EXPERT,
        INTERPRETER,
        OBSERVER,
        /// Sits at a consultation by office.
        MEMBER
    }
}
