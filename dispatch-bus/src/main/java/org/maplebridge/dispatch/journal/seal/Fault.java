package org.maplebridge.dispatch.journal.seal;

import org.jspecify.annotations.Nullable;

/// Something that is not as it was sealed.
///
/// @param block where it is, or where it should be
/// @param sequence of the entry; absent when it is the block
public record Fault(Kind kind, long block, @Nullable Long sequence) {
    public enum Kind {
        /// Its number is left out.
        BLOCK_MISSING,
        /// It does not carry the hash of the block before: one of them is another one.
        CHAIN_BROKEN,
        /// Its head was changed, or signed by another key than it names.
        SIGNATURE_WRONG,
        /// Signed, but by none of the keys that are known.
        KEY_UNKNOWN,
        /// Not the block that somebody kept the hash of.
        NOT_AS_KEPT,
        /// The entry is another one than was sealed.
        ENTRY_CHANGED,
        /// The entry was sealed and is gone.
        ENTRY_REMOVED,
        /// The entry came long after entries with higher numbers were sealed.
        ENTRY_ADDED,
        /// What was noted of an entry is gone; the entry before it is named, if there is one.
        LEAF_REMOVED,
        /// What was noted of the entry stands in another place than it was sealed at.
        LEAF_MOVED,
        /// The hashes that were noted do not give the root: an entry was changed together with what
        /// was noted of it.
        ROOT_WRONG,
        /// The head says of itself what its entries or the head before do not say.
        HEAD_WRONG
    }
}
