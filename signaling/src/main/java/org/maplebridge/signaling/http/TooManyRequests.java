package org.maplebridge.signaling.http;

import java.time.Duration;

/// A request that comes too soon, on its way to becoming problem+json with Retry-After.
public final class TooManyRequests extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Duration left;

    public TooManyRequests(Duration left) {
        super("too many requests", null, false, false);
        this.left = left;
    }

    Duration left() {
        return left;
    }
}
