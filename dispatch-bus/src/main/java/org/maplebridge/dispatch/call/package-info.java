/// Private talk between two ends: how it begins, who is in it, when it is over, and who wants to be
/// called back. Who may speak is the floor's business.
@NullMarked
package org.maplebridge.dispatch.call;

import org.jspecify.annotations.NullMarked;
