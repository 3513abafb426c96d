/// What people and machines outside report: what may be taken in, what is the same matter again,
/// who proves what, and whose matter it is by the ownership list.
@NullMarked
package org.maplebridge.dispatch.intake;

import org.jspecify.annotations.NullMarked;
