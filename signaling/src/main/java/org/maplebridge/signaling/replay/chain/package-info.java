/// The journal's chain of sealed blocks: sealing on and on, looking whether all is as it was
/// sealed, and what a package carries of it.
@NullMarked
package org.maplebridge.signaling.replay.chain;

import org.jspecify.annotations.NullMarked;
