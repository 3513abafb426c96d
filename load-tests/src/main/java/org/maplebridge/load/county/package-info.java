/// A simulated county against one real node: the whole server in a process of its own, signed-in
/// terminals with their WebSocket and peer connection, and what they do and hear.
@NullMarked
package org.maplebridge.load.county;

import org.jspecify.annotations.NullMarked;
