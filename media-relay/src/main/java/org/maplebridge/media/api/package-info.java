/// The relay's one-page face: open a leg, publish, subscribe, gate, and hear what happens.
///
/// Everything here is immutable values and one interface; no Netty, no SDP model, no packets.
@NullMarked
package org.maplebridge.media.api;

import org.jspecify.annotations.NullMarked;
