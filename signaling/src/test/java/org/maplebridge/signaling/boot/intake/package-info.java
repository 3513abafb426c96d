/// Reports through a whole node: citizens, other systems, alarms, the ownership list.
@NullMarked
package org.maplebridge.signaling.boot.intake;

import org.jspecify.annotations.NullMarked;
