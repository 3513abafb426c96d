/// Private talk between two ends: who is in it and when it is over. Who may speak is the floor's
/// business.
@NullMarked
package org.maplebridge.dispatch.call;

import org.jspecify.annotations.NullMarked;
