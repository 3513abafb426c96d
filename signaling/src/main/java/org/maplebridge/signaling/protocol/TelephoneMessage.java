package org.maplebridge.signaling.protocol;

/// What who leads does with telephones from the table.
public sealed interface TelephoneMessage extends ClientMessage {
    /// Has the number called that is kept of somebody.
    @MessageType("telephone.dial")
    record TelephoneDial(@Limit(min = 1, max = MediationMessage.PERSON_CHARS) String person)
            implements TelephoneMessage {}

    @MessageType("telephone.hangUp")
    record TelephoneHangUp(@Limit(min = 1, max = MediationMessage.PERSON_CHARS) String person)
            implements TelephoneMessage {}

    /// A telephone has no button of ours: nobody hears it from now on, and nothing of it is
    /// recorded.
    @MessageType("telephone.mute")
    record TelephoneMute(
            @Limit(min = 1, max = MediationMessage.PERSON_CHARS) String person, boolean on)
            implements TelephoneMessage {}
}
