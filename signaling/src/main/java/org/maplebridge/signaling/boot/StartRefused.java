package org.maplebridge.signaling.boot;

import org.jspecify.annotations.Nullable;

/// The node will not start like this; the message tells the operator why and what to do.
public final class StartRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String action;

    public StartRefused(String description, String action, @Nullable Throwable cause) {
        super(description, cause);
        this.action = action;
    }

    public StartRefused(String description, String action) {
        this(description, action, null);
    }

    String action() {
        return action;
    }
}
