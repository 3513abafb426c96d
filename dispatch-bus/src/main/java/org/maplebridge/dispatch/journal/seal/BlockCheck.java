package org.maplebridge.dispatch.journal.seal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.seal.Fault.Kind;

/// Whether a block is as it was sealed, with its entries, after the block before it.
///
/// Pure.
public final class BlockCheck {
    /// Transactions last seconds, nodes look every twenty of them, and their clocks differ by
    /// seconds: an entry that comes this long after higher ones were sealed was not on its way.
    public static final Duration ON_ITS_WAY = Duration.ofMinutes(10);

    /// A leaf as it was noted, and its entry as it is now.
    ///
    /// @param entry absent when it is gone
    public record Found(int place, Leaf leaf, @Nullable WrittenEntry entry) {}

    /// An entry below what was sealed when it came.
    ///
    /// @param passed when the first block that goes beyond it was sealed
    /// @param seen when it was sealed itself, or now, when it is in no block
    public record Late(long sequence, Instant passed, Instant seen) {}

    private BlockCheck() {}

    /// @param before absent for the first
    /// @param found by place
    /// @param late of this block's entries and of entries of no block, those that came late
    /// @param known fingerprints of keys that may seal; empty when nobody named them
    /// @return in the order in which they explain each other
    public static List<Fault> faults(
            @Nullable SealedBlock before,
            SealedBlock block,
            List<Found> found,
            List<Late> late,
            Set<String> known) {
        var faults = new ArrayList<Fault>();
        long number = block.number();
        long due = before == null ? 1 : before.number() + 1;
        if (number != due) {
            faults.add(new Fault(Kind.BLOCK_MISSING, due, null));
        } else if (!block.before()
                .equals(before == null ? SealedBlock.NOTHING_BEFORE : before.hash())) {
            faults.add(new Fault(Kind.CHAIN_BROKEN, number, null));
        }
        if (!block.isSigned()) {
            faults.add(new Fault(Kind.SIGNATURE_WRONG, number, null));
        } else if (!known.isEmpty() && !known.contains(block.fingerprint())) {
            faults.add(new Fault(Kind.KEY_UNKNOWN, number, null));
        }
        int already = faults.size();
        leaves(block, found, faults);
        if (faults.size() == already) {
            root(before, block, found, faults);
        }
        for (Late one : late) {
            if (one.passed().plus(ON_ITS_WAY).isBefore(one.seen())) {
                faults.add(new Fault(Kind.ENTRY_ADDED, number, one.sequence()));
            }
        }
        return faults;
    }

    private static void leaves(SealedBlock block, List<Found> found, List<Fault> faults) {
        long number = block.number();
        @Nullable Long last = null;
        int place = 0;
        for (Found one : found) {
            long sequence = one.leaf().sequence();
            if (one.place() != place) {
                faults.add(new Fault(Kind.LEAF_REMOVED, number, last));
                place = one.place();
            }
            if (last != null && sequence <= last) {
                faults.add(new Fault(Kind.LEAF_MOVED, number, sequence));
            }
            WrittenEntry entry = one.entry();
            if (entry == null) {
                faults.add(new Fault(Kind.ENTRY_REMOVED, number, sequence));
            } else if (!SealedBlock.hex(entry.leaf()).equals(one.leaf().hash())) {
                faults.add(new Fault(Kind.ENTRY_CHANGED, number, sequence));
            }
            last = sequence;
            place++;
        }
        if (place < block.count()) {
            faults.add(new Fault(Kind.LEAF_REMOVED, number, last));
        }
    }

    private static void root(
            @Nullable SealedBlock before,
            SealedBlock block,
            List<Found> found,
            List<Fault> faults) {
        var hashes = new ArrayList<byte[]>();
        for (Found one : found) {
            hashes.add(HexFormat.of().parseHex(one.leaf().hash()));
        }
        if (!SealedBlock.hex(MerkleTree.root(hashes)).equals(block.root())) {
            faults.add(new Fault(Kind.ROOT_WRONG, block.number(), null));
            return;
        }
        long total = before == null ? 0 : before.total();
        long through = before == null ? block.last() : Math.max(before.through(), block.last());
        boolean right =
                found.size() == block.count()
                        && found.getFirst().leaf().sequence() == block.first()
                        && found.getLast().leaf().sequence() == block.last()
                        && block.total() == total + block.count()
                        && block.through() == through;
        if (!right) {
            faults.add(new Fault(Kind.HEAD_WRONG, block.number(), null));
        }
    }
}
