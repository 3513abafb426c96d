/// Links to the other nodes: which of them stand, and what goes over which section of each.
@NullMarked
package org.maplebridge.signaling.scene.link;

import org.jspecify.annotations.NullMarked;
