/// Simulated terminals: the same media cores in the client's role, each on a UDP socket of its own.
@NullMarked
package org.maplebridge.load.client;

import org.jspecify.annotations.NullMarked;
