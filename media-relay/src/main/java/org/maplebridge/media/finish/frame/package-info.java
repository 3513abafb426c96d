/// Whole pictures and sounds out of packets: brought into order, put together, gaps concealed.
///
/// Pure.
@NullMarked
package org.maplebridge.media.finish.frame;

import org.jspecify.annotations.NullMarked;
