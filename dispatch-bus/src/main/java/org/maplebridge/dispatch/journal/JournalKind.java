package org.maplebridge.dispatch.journal;

/// What can happen. Stored by name: a name may be added, never renamed.
public enum JournalKind {
    ORDER_PLACED,
    ORDER_STEP,
    LIVE_ASKED,
    LIVE_ANSWERED,
    LIVE_STARTED,
    LIVE_CHANGED,
    LIVE_ENDED,
    WATCH_STARTED,
    WATCH_ENDED,
    CALL_OPENED,
    CALL_CLOSED,
    FLOOR_GRANTED,
    FLOOR_DENIED,
    FLOOR_REVOKED,
    FLOOR_FREED,
    UNIT_ONLINE,
    UNIT_OFFLINE,
    UNIT_STATUS,
    INCIDENT_OPENED,
    INCIDENT_CHANGED,
    INCIDENT_CLOSED,
    ORGANISATION_CHANGED,
    QUALITY_REPORTED
}
