/// A world to test the relay in: a network with its weather, publishers and viewers, and time that
/// only the test moves.
@NullMarked
package org.maplebridge.media.simulation;

import org.jspecify.annotations.NullMarked;
