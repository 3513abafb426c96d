package org.maplebridge.load.client;

import java.io.IOException;

/// The way into a server under test: how a terminal's offer gets there and its answer back.
public interface Door {
    /// Opens a leg that publishes `source`.
    ///
    /// @return the SDP answer
    String publish(String leg, String source, String offer) throws IOException;

    /// Opens a leg that is fed from `source`.
    ///
    /// @return the SDP answer
    String play(String leg, String source, String offer) throws IOException;

    void leave(String leg) throws IOException;
}
