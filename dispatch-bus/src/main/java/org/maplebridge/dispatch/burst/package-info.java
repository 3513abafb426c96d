/// Bursts of talk as they are kept: from one grant of a floor until its gate closed.
@NullMarked
package org.maplebridge.dispatch.burst;

import org.jspecify.annotations.NullMarked;
