package org.maplebridge.media.dtls;

/// Why a DTLS association is over.
public enum DtlsEnd {
    HANDSHAKE_TIMEOUT("handshake-timeout"),
    HANDSHAKE_FAILED("handshake-failed"),
    /// The peer's certificate is not the one its offer promised (RFC 8122 §6.2).
    FINGERPRINT_MISMATCH("fingerprint-mismatch"),
    /// The peer said close_notify.
    PEER_CLOSED("peer-closed"),
    /// We closed it.
    CLOSED("closed");

    private final String cause;

    DtlsEnd(String cause) {
        this.cause = cause;
    }

    /// As in [org.maplebridge.media.api.RelayEvent.LegLost].
    public String cause() {
        return cause;
    }
}
