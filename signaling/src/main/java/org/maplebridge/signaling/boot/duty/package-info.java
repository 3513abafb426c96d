/// Wiring of figures, duty and messages to people outside.
@NullMarked
package org.maplebridge.signaling.boot.duty;

import org.jspecify.annotations.NullMarked;
