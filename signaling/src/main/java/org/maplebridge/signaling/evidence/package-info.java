/// Pictures and videos on their way into the record: received piece by piece, proved, kept as
/// files, and shown again.
@NullMarked
package org.maplebridge.signaling.evidence;

import org.jspecify.annotations.NullMarked;
