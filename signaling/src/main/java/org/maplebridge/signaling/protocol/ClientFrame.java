package org.maplebridge.signaling.protocol;

import org.jspecify.annotations.Nullable;

/// A client's message as it came over the wire.
///
/// @param id chosen by the sender when it wants exactly one `ok` or `refused` for it
public record ClientFrame(@Nullable String id, ClientMessage message) {}
