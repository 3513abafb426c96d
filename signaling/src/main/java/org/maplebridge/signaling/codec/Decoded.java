package org.maplebridge.signaling.codec;

import org.jspecify.annotations.Nullable;
import org.maplebridge.signaling.protocol.ClientFrame;
import org.maplebridge.signaling.protocol.Refusal;

/// What became of a client's text frame.
public sealed interface Decoded {
    record Frame(ClientFrame frame) implements Decoded {}

    /// @param re the frame's `id`, when that much could be read
    record Unreadable(@Nullable String re, Refusal refusal) implements Decoded {}
}
