package org.maplebridge.dispatch.burst;

/// Why a burst ended. Stored by name: a name may be added, never renamed.
public enum BurstEnd {
    /// The key was let go.
    RELEASED,
    /// No voice came for T1 (3GPP TS 24.380 §11).
    SILENT,
    TALKED_TOO_LONG,
    PRE_EMPTED,
    NOT_PERMITTED,
    /// Nobody was left to hear it.
    ALONE,
    /// The talker's session or place in the call was gone.
    LEFT,
    CALL_OVER,
    OTHER
}
