/// Evidence over HTTP, from whole nodes.
@NullMarked
package org.maplebridge.signaling.boot.evidence;

import org.jspecify.annotations.NullMarked;
