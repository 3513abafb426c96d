package org.maplebridge.dispatch.evidence;

/// Why a picture or video is not taken. The code is what the wire says.
public enum EvidenceFault {
    /// No type that is taken here.
    UNSUPPORTED_TYPE("unsupported-type"),
    /// A field is missing or not of its form.
    MALFORMED("malformed"),
    /// A name that means a place in a file system.
    BAD_NAME("bad-name"),
    TOO_LARGE("too-large"),
    /// What came is not of the type that was said.
    WRONG_TYPE("wrong-type"),
    /// What came is not what was hashed before it was sent.
    WRONG_HASH("wrong-hash"),
    /// So wide or high that opening it would fill a memory.
    TOO_MANY_PIXELS("too-many-pixels"),
    /// A document that does something when it is opened, or brings other files along.
    ACTIVE_CONTENT("active-content"),
    /// A document that nobody can look into before it is opened.
    LOCKED_DOCUMENT("locked-document"),
    /// There are as many as a report or a matter may have.
    TOO_MANY("too-many"),
    /// Who sends it has too much begun and not finished.
    UNFINISHED("too-much-unfinished"),
    /// No room is left for it here.
    NO_ROOM("no-room");

    private final String code;

    EvidenceFault(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }
}
