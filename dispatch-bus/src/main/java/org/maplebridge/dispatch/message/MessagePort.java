package org.maplebridge.dispatch.message;

import java.io.IOException;

/// Carries short messages to telephones: an operator's gateway, or nothing at all where there is
/// none. It may be asked several times for one id, after a failure or when a node died before it
/// could write down that it was carried; a gateway that knows ids carries it once.
public interface MessagePort {
    /// @param id of the message
    /// @param phone as it was given
    /// @throws IOException when it was not taken and may be tried again
    void send(String id, String phone, String text) throws IOException;
}
