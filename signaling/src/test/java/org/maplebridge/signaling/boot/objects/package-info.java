/// A whole node that is told of an object store.
@NullMarked
package org.maplebridge.signaling.boot.objects;

import org.jspecify.annotations.NullMarked;
