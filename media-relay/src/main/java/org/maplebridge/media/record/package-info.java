/// Voice written to files: what a channel let through under one floor, as Ogg Opus (RFC 7845).
///
/// The form of the file is pure; one thread writes all files of a node, so that no media loop ever
/// waits for a disk.
@NullMarked
package org.maplebridge.media.record;

import org.jspecify.annotations.NullMarked;
