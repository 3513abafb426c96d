/// What the code's shape promises: arrows, pure cores, one home for each technology, sizes,
/// documents.
@NullMarked
package org.maplebridge.load.structure;

import org.jspecify.annotations.NullMarked;
