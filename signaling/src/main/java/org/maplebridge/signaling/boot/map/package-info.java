/// Puts the map's parts together.
@NullMarked
package org.maplebridge.signaling.boot.map;

import org.jspecify.annotations.NullMarked;
