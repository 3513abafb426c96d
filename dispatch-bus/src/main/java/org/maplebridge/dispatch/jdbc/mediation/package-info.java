/// Mediations in the database.
@NullMarked
package org.maplebridge.dispatch.jdbc.mediation;

import org.jspecify.annotations.NullMarked;
