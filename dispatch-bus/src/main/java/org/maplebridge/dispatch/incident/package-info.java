/// Incidents as they are listed; their workflow is not here yet.
@NullMarked
package org.maplebridge.dispatch.incident;

import org.jspecify.annotations.NullMarked;
