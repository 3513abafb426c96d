/// The form of a recording's file: blocks that are each encrypted and authenticated, under one
/// running hash that is checked without the key.
///
/// ```
/// head   "MPLBREC1" | length 2 | file id 16 | made at, ms 8 | key's name 1+n | wrapped key 60 | hash 32
/// block  "MBLK" | number 4 | flags 1 | wall clock, ms 8 | first arrival, ns 8 | length 4 | sealed | hash 32
/// ```
///
/// A block's hash is SHA-256 over the hash before it and all stored bytes of the block up to its
/// own. `sealed` is AES-256-GCM under the file's key, with the block's number as nonce, bound to
/// the hash before and the block's first bytes. Numbers are big-endian.
///
/// Pure: bytes in, bytes out.
@NullMarked
package org.maplebridge.media.record.file;

import org.jspecify.annotations.NullMarked;
