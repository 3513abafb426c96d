/// Who talks in which conversation: the floor's decisions carried to people, relay and record, and
/// the one order of what happens that all nodes follow.
@NullMarked
package org.maplebridge.signaling.scene.floor;

import org.jspecify.annotations.NullMarked;
