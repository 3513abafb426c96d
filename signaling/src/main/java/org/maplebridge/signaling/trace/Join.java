package org.maplebridge.signaling.trace;

import org.maplebridge.dispatch.model.SessionId;

/// One connection's way in, told as it goes on. The moments are taken when they are told, except
/// where the caller knows better.
///
/// Thread: any.
public interface Join {
    /// Of which nobody wants to know.
    Join NONE = new Join() {};

    default void opened() {}

    default void said(long receivedNanos) {}

    /// There is a session for it.
    ///
    /// @param kind `console`, `terminal` or `table`
    /// @param how `fresh`, `moved` or `resumed`; with the last it is over, since media went on
    default void session(SessionId session, String kind, String how) {}

    /// Nothing comes of it. Only the first cause counts.
    ///
    /// @param cause a word of ours
    default void refused(String cause) {}

    default void offered(long receivedNanos) {}
}
