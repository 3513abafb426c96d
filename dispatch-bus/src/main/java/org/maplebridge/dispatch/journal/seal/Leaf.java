package org.maplebridge.dispatch.journal.seal;

/// An entry's place in a block is the place of its leaf in the list.
///
/// @param hash of [WrittenEntry#leaf], hexadecimal
public record Leaf(long sequence, String hash) {}
