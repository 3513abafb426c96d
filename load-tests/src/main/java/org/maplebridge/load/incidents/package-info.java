/// The scenario `incidents`: alarms, a full record, units on the move and kills, against real
/// nodes.
@NullMarked
package org.maplebridge.load.incidents;

import org.jspecify.annotations.NullMarked;
