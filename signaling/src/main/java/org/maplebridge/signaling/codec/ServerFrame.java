package org.maplebridge.signaling.codec;

import org.maplebridge.signaling.protocol.ServerMessage;

/// A server's message as it came over the wire: what a simulated client reads.
public record ServerFrame(long seq, ServerMessage message) {}
