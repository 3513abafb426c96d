/// What goes on at this moment on this node: who is connected, which legs stand, who is live, who
/// watches and hears whom, who holds which floor. Held in memory, rebuilt from connected sessions.
///
/// Locks are taken downwards only: [LiveBoard], [Conversations] and [Presence] before [Legs], and
/// nothing waits for a record, a network or another session while it holds one.
@NullMarked
package org.maplebridge.signaling.scene;

import org.jspecify.annotations.NullMarked;
