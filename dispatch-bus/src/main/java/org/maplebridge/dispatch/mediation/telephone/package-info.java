/// Telephone calls into a mediation, as pure decisions: what a call is at, what a key means, who is
/// called.
@NullMarked
package org.maplebridge.dispatch.mediation.telephone;

import org.jspecify.annotations.NullMarked;
