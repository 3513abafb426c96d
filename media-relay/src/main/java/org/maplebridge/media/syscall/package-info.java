/// The one place that calls the operating system directly: sending many datagrams by one call.
@NullMarked
package org.maplebridge.media.syscall;

import org.jspecify.annotations.NullMarked;
