/// Where what is written once is kept for all nodes: an object store, and what to say when it is
/// away.
@NullMarked
package org.maplebridge.signaling.objects;

import org.jspecify.annotations.NullMarked;
