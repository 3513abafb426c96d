/// Packages and their proof.
@NullMarked
package org.maplebridge.signaling.replay;

import org.jspecify.annotations.NullMarked;
