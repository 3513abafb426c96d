/// Port between the nodes of a cluster: who is connected where, who holds a floor, which node has
/// which source, and events to all nodes. Holds only what can be rebuilt from connected sessions.
@NullMarked
package org.maplebridge.dispatch.bus;

import org.jspecify.annotations.NullMarked;
