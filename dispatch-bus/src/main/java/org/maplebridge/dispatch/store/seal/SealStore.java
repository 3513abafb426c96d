package org.maplebridge.dispatch.store.seal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.journal.seal.BlockCheck;
import org.maplebridge.dispatch.journal.seal.Leaf;
import org.maplebridge.dispatch.journal.seal.SealedBlock;
import org.maplebridge.dispatch.journal.seal.WrittenEntry;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// The blocks in which the journal is sealed. An entry is in one block at most: the key of its leaf
/// says so.
public interface SealStore {
    /// Where an entry is.
    ///
    /// @param place of its leaf in the block, from 0
    record Place(long block, int place) {}

    /// @param place absent while it is not sealed
    record Kept(WrittenEntry entry, @Nullable Place place) {}

    Optional<SealedBlock> head() throws RecordUnavailable;

    /// Entries of no block with a sequence above `after` and at most `through`, lowest first: those
    /// that are committed now.
    List<WrittenEntry> unsealed(long after, long through, int limit) throws RecordUnavailable;

    /// Block and leaves, all or nothing.
    ///
    /// @return false when there is such a block, or one of the entries has a block, meanwhile:
    ///   nothing was written
    boolean append(SealedBlock.Made made) throws RecordUnavailable;

    /// From this number on, in order.
    List<SealedBlock> blocks(long from, int limit) throws RecordUnavailable;

    /// A block's leaves by place, with their entries as they are now.
    List<BlockCheck.Found> found(long block) throws RecordUnavailable;

    /// A block's leaves by place.
    List<Leaf> leaves(long block) throws RecordUnavailable;

    /// When the first block was sealed that goes beyond this sequence; absent when none does.
    Optional<Instant> passed(long sequence) throws RecordUnavailable;

    /// About this subject, the last ones, oldest first.
    List<Kept> about(Subject subject, int limit) throws RecordUnavailable;
}
