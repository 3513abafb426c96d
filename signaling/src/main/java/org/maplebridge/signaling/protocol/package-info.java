/// What consoles, terminals and the server say to each other: sealed records with their limits.
@NullMarked
package org.maplebridge.signaling.protocol;

import org.jspecify.annotations.NullMarked;
