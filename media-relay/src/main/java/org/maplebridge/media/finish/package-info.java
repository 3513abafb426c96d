/// Recordings made into files that any browser plays, with what stands beside them; and the proof,
/// offline, that a recording is as it was written.
///
/// Each runs in a process of its own.
@NullMarked
package org.maplebridge.media.finish;

import org.jspecify.annotations.NullMarked;
