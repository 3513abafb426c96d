/// Port to the record: what has to be there after a crash. Every method blocks until the database
/// has answered, and what was answered with success is there for good.
@NullMarked
package org.maplebridge.dispatch.store;

import org.jspecify.annotations.NullMarked;
