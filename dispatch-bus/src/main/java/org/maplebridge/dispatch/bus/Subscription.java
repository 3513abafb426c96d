package org.maplebridge.dispatch.bus;

/// Listening that can be ended. Ending it twice is harmless.
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
