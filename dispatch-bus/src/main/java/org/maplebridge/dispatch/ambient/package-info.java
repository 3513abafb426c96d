/// Listening in on a unit without calling it: who hears it, and when that is over.
@NullMarked
package org.maplebridge.dispatch.ambient;

import org.jspecify.annotations.NullMarked;
