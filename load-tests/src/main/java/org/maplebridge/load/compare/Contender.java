package org.maplebridge.load.compare;

import java.io.IOException;

/// A server that can be started as often as a comparison needs it.
///
/// @param name in tables
/// @param key in the keys other scripts read
public record Contender(String name, String key, Starter starter) {
    /// Starts a process of the contender's own.
    @FunctionalInterface
    public interface Starter {
        RunningServer start() throws IOException;
    }
}
