/// When something is asked for again, and how often it is given: missing packets, key frames,
/// repeats. Numbers and time in, decisions out.
@NullMarked
package org.maplebridge.media.forward.repair;

import org.jspecify.annotations.NullMarked;
