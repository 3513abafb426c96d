/// What the map stands on: boundaries, roads and places that the operator brings.
@NullMarked
package org.maplebridge.signaling.map;

import org.jspecify.annotations.NullMarked;
