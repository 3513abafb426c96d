package org.maplebridge.dispatch.mediation;

import java.time.Instant;

/// What somebody said to one of the texts they were shown. Nothing of it is changed later: who
/// takes a consent back says so in another one.
///
/// @param text version of the text that was shown
/// @param given false when it was refused or taken back
public record Consent(PersonId person, Subject subject, String text, boolean given, Instant at) {
    /// What versions of texts begin with that were spoken over a telephone.
    public static final String SPOKEN = "tel-";

    public boolean isByTelephone() {
        return text.startsWith(SPOKEN);
    }

    /// To what.
    public enum Subject {
        /// Nothing of what is said here goes outside. Without it nobody enters a room.
        CONFIDENTIALITY,
        /// The joint talk may be recorded.
        RECORDING
    }
}
