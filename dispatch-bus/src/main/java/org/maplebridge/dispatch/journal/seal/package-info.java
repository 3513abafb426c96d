/// The journal sealed in blocks: what is hashed of an entry, the tree over a block's entries, the
/// chain of blocks, and what is wrong with them. All of it is pure.
@NullMarked
package org.maplebridge.dispatch.journal.seal;

import org.jspecify.annotations.NullMarked;
