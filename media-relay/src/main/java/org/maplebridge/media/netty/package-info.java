/// The relay's only sockets, threads, timers and clock: carries datagrams and time into the cores
/// and what they answer back out. Decides nothing about media.
@NullMarked
package org.maplebridge.media.netty;

import org.jspecify.annotations.NullMarked;
