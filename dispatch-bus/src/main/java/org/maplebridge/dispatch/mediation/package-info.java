/// Mediation: who sits at the table, which room each is in, what each agreed to, and what was
/// written and signed there. Pure: told the time, asked what is allowed, hands back what comes
/// next.
@NullMarked
package org.maplebridge.dispatch.mediation;

import org.jspecify.annotations.NullMarked;
