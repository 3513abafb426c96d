/// Incidents through a node's doors.
@NullMarked
package org.maplebridge.signaling.boot.incident;

import org.jspecify.annotations.NullMarked;
