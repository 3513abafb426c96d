package org.maplebridge.dispatch.store;

/// The database does not answer. Whether what was asked has been done is unknown after a write;
/// since ids are chosen by who asks, asking again is always safe.
public final class RecordUnavailable extends Exception {
    public RecordUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
