/// Where the time of a join or an order went: which spans tell it, their names and attributes. What
/// carries them to a collector stands in `otlp`.
@NullMarked
package org.maplebridge.signaling.trace;

import org.jspecify.annotations.NullMarked;
