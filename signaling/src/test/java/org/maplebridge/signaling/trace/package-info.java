/// Which spans tell a join and an order.
@org.jspecify.annotations.NullMarked
package org.maplebridge.signaling.trace;
