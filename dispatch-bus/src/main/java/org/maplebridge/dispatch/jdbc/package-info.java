/// The record in a relational database: the only SQL and the migrations, the same for H2 and
/// PostgreSQL.
@NullMarked
package org.maplebridge.dispatch.jdbc;

import org.jspecify.annotations.NullMarked;
