/// Bytes, addresses and batches: what every protocol core speaks, and nothing about any protocol.
@NullMarked
package org.maplebridge.media.wire;

import org.jspecify.annotations.NullMarked;
