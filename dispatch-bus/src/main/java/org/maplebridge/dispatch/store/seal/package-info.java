/// The door to the journal's seals.
@NullMarked
package org.maplebridge.dispatch.store.seal;

import org.jspecify.annotations.NullMarked;
