package org.maplebridge.signaling.protocol;

import java.util.List;

/// What somebody at a mediation's table may say. Which table and who speaks follows from the
/// session.
public sealed interface MediationMessage extends ClientMessage {
    int TABLE = 12;
    int PERSON_CHARS = 8;
    int TEXT_CHARS = 20_000;

    /// Name and number of the identity card.
    @MessageType("mediation.identify")
    record MediationIdentify(
            @Limit(min = 1, max = 40) String name, @Limit(min = 1, max = 32) String document)
            implements MediationMessage {}

    /// @param text version of the text that was shown
    /// @param given false to refuse it, or to take it back
    @MessageType("mediation.consent")
    record MediationConsent(ConsentTo subject, @Limit(min = 1, max = 20) String text, boolean given)
            implements MediationMessage {}

    /// @param room `waiting`, `joint`, or the party whose private room it is
    @MessageType("mediation.move")
    record MediationMove(
            @Limit(min = 1, max = TABLE) List<String> people,
            @Limit(min = 1, max = PERSON_CHARS) String room)
            implements MediationMessage {}

    @MessageType("mediation.knock")
    record MediationKnock(@Limit(min = 1, max = PERSON_CHARS) String party)
            implements MediationMessage {}

    @MessageType("mediation.answer")
    record MediationAnswer(boolean admit) implements MediationMessage {}

    @MessageType("mediation.lock")
    record MediationLock(boolean on) implements MediationMessage {}

    /// Asks those in the private room where the mediator is to be recorded, or ends that.
    @MessageType("mediation.record")
    record MediationRecord(boolean on) implements MediationMessage {}

    /// Of one who was asked; no also after a yes, and ends it for all.
    @MessageType("mediation.recordAnswer")
    record MediationRecordAnswer(boolean agree) implements MediationMessage {}

    /// Asks for a text of the county's, with what is known filled in.
    @MessageType("mediation.draft")
    record MediationDraft(TextKind kind) implements MediationMessage {}

    /// @param seen number of the version that was written over, 0 for none
    @MessageType("mediation.write")
    record MediationWrite(
            TextKind kind,
            @Limit(max = 1_000) int seen,
            @Limit(min = 1, max = TEXT_CHARS) String body)
            implements MediationMessage {}

    /// All at the table can read it from now on.
    @MessageType("mediation.readBack")
    record MediationReadBack(TextKind kind, @Limit(max = 1_000) int number)
            implements MediationMessage {}

    /// @param hash of the text that was before the signer
    /// @param drawn strokes parted by `;`, points by a blank, `x,y` within 1000 × 400
    @MessageType("mediation.sign")
    record MediationSign(
            TextKind kind,
            @Limit(min = 1, max = 64) String hash,
            @Limit(min = 1, max = 16_000) String drawn)
            implements MediationMessage {}

    @MessageType("mediation.end")
    record MediationEnd(MediationOutcome outcome) implements MediationMessage {}

    /// Whether pictures are sent here: a bad line bears voices alone.
    @MessageType("mediation.pictures")
    record MediationPictures(boolean on) implements MediationMessage {}

    enum ConsentTo {
        CONFIDENTIALITY,
        RECORDING
    }

    enum TextKind {
        MINUTES,
        AGREEMENT,
        NO_AGREEMENT
    }

    enum MediationOutcome {
        AGREED,
        NOT_AGREED,
        CANCELLED,
        /// Of a consultation, by anybody who sits there.
        HELD
    }
}
