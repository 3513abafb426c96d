/// The executable: `main`, wiring, and configuration bound and checked once.
@NullMarked
package org.maplebridge.signaling.boot;

import org.jspecify.annotations.NullMarked;
