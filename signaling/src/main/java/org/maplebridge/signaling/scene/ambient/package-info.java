/// Listening in on units without calling them.
@NullMarked
package org.maplebridge.signaling.scene.ambient;

import org.jspecify.annotations.NullMarked;
