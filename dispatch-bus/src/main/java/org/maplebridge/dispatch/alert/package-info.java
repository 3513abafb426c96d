/// Calls for help of units: pending while they can still be taken back, then active until somebody
/// ends them.
@NullMarked
package org.maplebridge.dispatch.alert;

import org.jspecify.annotations.NullMarked;
