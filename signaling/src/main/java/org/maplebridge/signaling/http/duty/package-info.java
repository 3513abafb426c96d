/// Figures, duty rosters and the outbox over REST.
@NullMarked
package org.maplebridge.signaling.http.duty;

import org.jspecify.annotations.NullMarked;
