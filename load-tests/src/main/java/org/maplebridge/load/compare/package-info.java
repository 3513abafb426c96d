/// Two servers, the same simulated terminals, in turn: what each spends on the same work.
@NullMarked
package org.maplebridge.load.compare;

import org.jspecify.annotations.NullMarked;
