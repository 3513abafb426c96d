package org.maplebridge.signaling.replay.chain;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.seal.BlockCheck;
import org.maplebridge.dispatch.journal.seal.BlockCheck.Found;
import org.maplebridge.dispatch.journal.seal.BlockCheck.Late;
import org.maplebridge.dispatch.journal.seal.Fault;
import org.maplebridge.dispatch.journal.seal.SealedBlock;
import org.maplebridge.dispatch.journal.seal.WrittenEntry;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.seal.SealStore;

/// Goes through the chain some blocks at a time and says what is not as it was sealed.
///
/// Thread: any.
public final class JournalCheck {
    /// Some 25,000 entries: a second or two.
    static final int BLOCKS_AT_ONCE = 100;

    private static final int MOST_STRANGERS = 20;

    /// The hash of a block that somebody has kept elsewhere.
    public record Kept(long number, String hash) {}

    /// @param until last block that was looked at; below the first when there was none
    /// @param entries how many were looked at
    /// @param keys fingerprints of keys that signed them
    /// @param next to go on with; absent at the end
    public record Step(
            long until, long entries, List<Fault> faults, Set<String> keys, @Nullable Long next) {}

    private final SealStore store;
    private final InstantSource clock;

    public JournalCheck(SealStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// @param from number of the first block to look at
    /// @param known fingerprints of keys that may seal; empty when nobody named them
    public Step step(long from, Set<String> known, @Nullable Kept kept) throws RecordUnavailable {
        var faults = new ArrayList<Fault>();
        var keys = new TreeSet<String>();
        long entries = 0;
        @Nullable SealedBlock before = null;
        if (from > 1) {
            before = store.blocks(from - 1, 1).stream().findFirst().orElse(null);
            if (before == null || before.number() != from - 1) {
                faults.add(new Fault(Fault.Kind.BLOCK_MISSING, from - 1, null));
            }
        }
        long due = before == null ? from : Math.max(from, before.number() + 1);
        var blocks = store.blocks(due, BLOCKS_AT_ONCE);
        for (SealedBlock block : blocks) {
            var found = store.found(block.number());
            faults.addAll(
                    BlockCheck.faults(before, block, found, late(before, block, found), known));
            if (kept != null
                    && kept.number() == block.number()
                    && !kept.hash().equals(block.hash())) {
                faults.add(new Fault(Fault.Kind.NOT_AS_KEPT, block.number(), null));
            }
            keys.add(block.fingerprint());
            entries += found.size();
            before = block;
        }
        long until = before == null ? 0 : before.number();
        boolean over = blocks.size() < BLOCKS_AT_ONCE;
        if (over && kept != null && kept.number() > until) {
            faults.add(new Fault(Fault.Kind.BLOCK_MISSING, kept.number(), null));
        }
        return new Step(until, entries, faults, keys, over ? null : until + 1);
    }

    /// Entries of this block that are below an earlier one's, and entries below this one's that
    /// have no block.
    private List<Late> late(@Nullable SealedBlock before, SealedBlock block, List<Found> found)
            throws RecordUnavailable {
        var late = new ArrayList<Late>();
        if (before != null) {
            for (Found one : found) {
                long sequence = one.leaf().sequence();
                if (sequence <= before.through()) {
                    add(late, sequence, block.at());
                }
            }
        }
        long from = before == null ? Long.MIN_VALUE : before.through();
        Instant now = clock.instant();
        for (WrittenEntry one : store.unsealed(from, block.through(), MOST_STRANGERS)) {
            add(late, one.sequence(), now);
        }
        return late;
    }

    private void add(List<Late> late, long sequence, Instant seen) throws RecordUnavailable {
        store.passed(sequence).ifPresent(passed -> late.add(new Late(sequence, passed, seen)));
    }
}
