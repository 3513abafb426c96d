/// Pictures and short videos as evidence: what may be sent, what it has to look like, what is known
/// of it.
@NullMarked
package org.maplebridge.dispatch.evidence;

import org.jspecify.annotations.NullMarked;
