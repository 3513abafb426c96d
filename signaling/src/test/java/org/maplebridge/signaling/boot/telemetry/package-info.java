/// Whole nodes that share their telemetry.
@NullMarked
package org.maplebridge.signaling.boot.telemetry;

import org.jspecify.annotations.NullMarked;
