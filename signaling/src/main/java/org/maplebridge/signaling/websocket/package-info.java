/// The WebSocket endpoint: Jetty's callbacks on one side, a session's connection on the other.
@NullMarked
package org.maplebridge.signaling.websocket;

import org.jspecify.annotations.NullMarked;
