/// The parts of a relay's work alone: what sending or encrypting the same packets costs without it.
@NullMarked
package org.maplebridge.load.bench.bare;

import org.jspecify.annotations.NullMarked;
