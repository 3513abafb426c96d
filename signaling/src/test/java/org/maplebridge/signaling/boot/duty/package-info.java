/// Figures, duty and outbox of a whole node.
@NullMarked
package org.maplebridge.signaling.boot.duty;

import org.jspecify.annotations.NullMarked;
