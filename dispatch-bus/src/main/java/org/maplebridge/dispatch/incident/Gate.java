package org.maplebridge.dispatch.incident;

/// Why something is not done. The code is what the wire says.
public enum Gate {
    CALLBACK_REQUIRED("callback-required"),
    REPORTER_MAY_NOT_CLOSE("reporter-may-not-close"),
    OVERDUE_REASON_REQUIRED("overdue-reason-required"),
    EVIDENCE_REQUIRED("evidence-required"),
    VILLAGE_SESSION_REQUIRED("village-session-required"),
    /// Nothing says whose matter it is: rooms have to talk about it first.
    JOINT_SESSION_REQUIRED("joint-session-required"),
    /// Nothing shows that somebody is there.
    NOT_PROVED("not-proved"),
    /// The agency stands on no line of the ownership list.
    NOT_ON_LIST("not-on-list"),
    /// The picture that was to be shown is over.
    NOT_LIVE("not-live"),
    /// Not from where the incident stands.
    STEP_NOT_ALLOWED("step-not-allowed"),
    /// Not for this seat.
    NOT_ALLOWED("not-allowed");

    private final String code;

    Gate(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /// Whether the seat could open it, unlike what is no matter of this seat or step.
    public boolean canBeOpened() {
        return this != STEP_NOT_ALLOWED && this != NOT_ALLOWED;
    }
}
