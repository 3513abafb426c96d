package org.maplebridge.signaling.protocol;

import java.util.Locale;

/// The refusals that are ours; the table in docs/protocol.md says when each is given.
public enum RefusalCode {
    MALFORMED,
    UNKNOWN_TYPE,
    TOO_LARGE,
    TOO_MANY,
    NOT_ALLOWED,
    NOT_VISIBLE,
    NOT_A_MEMBER,
    NOT_LIVE,
    OFFLINE,
    NO_MEDIA,
    NO_SLOT,
    BUSY,
    OVERLOADED,
    NOT_RINGING,
    ORDER_CONFLICT,
    ID_CONFLICT,
    STEP_NOT_ALLOWED,
    REASON_REQUIRED,
    NOTHING_SAID,
    RECORD_UNAVAILABLE,
    INTERNAL;

    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
