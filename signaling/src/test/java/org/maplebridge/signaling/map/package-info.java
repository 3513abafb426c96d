/// What the map stands on.
@NullMarked
package org.maplebridge.signaling.map;

import org.jspecify.annotations.NullMarked;
