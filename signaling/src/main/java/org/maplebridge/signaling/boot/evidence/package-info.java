/// Wiring of evidence.
@NullMarked
package org.maplebridge.signaling.boot.evidence;

import org.jspecify.annotations.NullMarked;
