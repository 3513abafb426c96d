/// What lies on a mediation's table: who may lay something there, who is shown it, and what is
/// drawn over it.
@NullMarked
package org.maplebridge.dispatch.mediation.exhibit;

import org.jspecify.annotations.NullMarked;
