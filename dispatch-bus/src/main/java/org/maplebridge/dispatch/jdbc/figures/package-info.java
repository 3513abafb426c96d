/// Figures, duty rosters and messages to people outside, in SQL.
@NullMarked
package org.maplebridge.dispatch.jdbc.figures;

import org.jspecify.annotations.NullMarked;
