package org.maplebridge.dispatch.alert;

import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.UserId;

/// What can happen to an alert.
public sealed interface AlertInput {
    /// The countdown may be over. A stray one is harmless.
    record Elapsed() implements AlertInput {}

    /// The server was away meanwhile: nobody could take the alert back, and nobody knows what
    /// happened since.
    record Restarted() implements AlertInput {}

    /// Somebody ends it.
    ///
    /// @param mayClear has the right to end other people's
    record End(UserId by, boolean mayClear, @Nullable String reason) implements AlertInput {}
}
