/// What a room did within a day, a week or a month, in figures: what each means, and how they are
/// made of counts.
@NullMarked
package org.maplebridge.dispatch.figures;

import org.jspecify.annotations.NullMarked;
