package org.maplebridge.dispatch.telemetry;

/// What the nodes share does not answer. Whether what was asked has been done is unknown; asking
/// again is always safe.
public final class TelemetryUnavailable extends Exception {
    private static final long serialVersionUID = 1;

    public TelemetryUnavailable(String message) {
        super(message);
    }

    public TelemetryUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
