/// The journal's seals in the database.
@NullMarked
package org.maplebridge.dispatch.jdbc.seal;

import org.jspecify.annotations.NullMarked;
