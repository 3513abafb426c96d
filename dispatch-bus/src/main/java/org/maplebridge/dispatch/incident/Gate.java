package org.maplebridge.dispatch.incident;

/// Why something is not done. The code is what the wire says.
public enum Gate {
    CALLBACK_REQUIRED("callback-required"),
    REPORTER_MAY_NOT_CLOSE("reporter-may-not-close"),
    OVERDUE_REASON_REQUIRED("overdue-reason-required"),
    EVIDENCE_REQUIRED("evidence-required"),
    VILLAGE_SESSION_REQUIRED("village-session-required"),
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
