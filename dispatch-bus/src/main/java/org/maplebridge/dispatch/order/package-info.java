/// Orders as a pure workflow: what an assignee may report next, and what a late or repeated report
/// means.
@NullMarked
package org.maplebridge.dispatch.order;

import org.jspecify.annotations.NullMarked;
