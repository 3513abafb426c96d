/// What the kernel does for simulated terminals and Java does not offer: sockets that are read
/// without waiting, and when each datagram arrived.
@NullMarked
package org.maplebridge.load.kernel;

import org.jspecify.annotations.NullMarked;
