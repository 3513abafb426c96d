/// The map through a whole node.
@NullMarked
package org.maplebridge.signaling.boot.map;

import org.jspecify.annotations.NullMarked;
