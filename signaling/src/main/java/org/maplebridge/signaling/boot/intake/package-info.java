/// Wiring of the intake.
@NullMarked
package org.maplebridge.signaling.boot.intake;

import org.jspecify.annotations.NullMarked;
