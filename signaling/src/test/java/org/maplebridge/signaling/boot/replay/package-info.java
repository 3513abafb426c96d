/// Replays of a whole node.
@NullMarked
package org.maplebridge.signaling.boot.replay;

import org.jspecify.annotations.NullMarked;
