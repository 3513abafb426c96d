package org.maplebridge.dispatch.store;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// Something that has to be answered for: a sign-in, a look through somebody's camera.
///
/// @param who account or key name as it was given, known or not, at most [#MAX_CHARS] characters
/// @param subject what was looked at or changed, may be empty
/// @param remote address it came from, may be empty
public record AuditEntry(
        Instant at,
        Kind kind,
        String who,
        String subject,
        String remote,
        Map<String, String> detail) {
    public static final int MAX_CHARS = 200;

    public AuditEntry {
        who = cut(who);
        subject = cut(subject);
        remote = cut(remote);
        detail = Collections.unmodifiableMap(new TreeMap<>(detail));
    }

    /// Stored by name: a name may be added, never renamed.
    public enum Kind {
        SIGNED_IN,
        SIGN_IN_REFUSED,
        SIGNED_OUT,
        WATCH_STARTED,
        WATCH_ENDED,
        HEARING_STARTED,
        HEARING_ENDED,
        LIVE_PULLED,
        AMBIENT_STARTED,
        AMBIENT_ENDED,
        CALL_FORCED,
        BURST_PLAYED,
        /// The way that a unit took was looked at.
        TRACK_READ,
        EVIDENCE_SHOWN,
        /// An incident was gone through again.
        INCIDENT_REPLAYED,
        INCIDENT_EXPORTED,
        /// A mediation was gone through again.
        MEDIATION_REPLAYED,
        /// What a camera sent was looked at later.
        RECORDING_SHOWN,
        GROUP_CHANGED,
        ALERT_CLEARED,
        PUBLISH_STARTED,
        PUBLISH_ENDED,
        FLOOR_OVERRIDDEN,
        ACCOUNT_CHANGED,
        UNIT_ADDED,
        KEY_MADE,
        KEY_REVOKED,
        NODE_DRAINED,
        NODE_KEPT,
        CROSSING_STARTED,
        CROSSING_ENDED,
        DUTY_CHANGED,
        DUTY_HANDED_OVER,
        NOT_ALLOWED
    }

    private static String cut(String text) {
        String plain = text.replace('\0', ' ');
        return plain.length() <= MAX_CHARS ? plain : plain.substring(0, MAX_CHARS);
    }
}
