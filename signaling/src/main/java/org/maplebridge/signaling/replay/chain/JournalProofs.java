package org.maplebridge.signaling.replay.chain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.journal.seal.Leaf;
import org.maplebridge.dispatch.journal.seal.MerkleTree;
import org.maplebridge.dispatch.journal.seal.SealedBlock;
import org.maplebridge.dispatch.journal.seal.WrittenEntry;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.seal.SealStore;
import org.maplebridge.dispatch.store.seal.SealStore.Kept;
import org.maplebridge.dispatch.store.seal.SealStore.Place;

/// What a package carries so that others prove its part of the journal: the entries as they were
/// hashed, each with the path to its block's root, and the heads of the blocks from the first one
/// to the newest. [org.maplebridge.signaling.replay.VerifyPackage] reads it.
///
/// Thread: any.
public final class JournalProofs {
    public static final String BLOCKS = "journal-blocks.txt";
    public static final String ENTRIES = "journal-entries.txt";

    /// A week of a block a minute, some 4 MB. Of more than that, those with entries and the newest.
    static final int MOST_HEADS = 10_000;

    private static final int HEADS_AT_ONCE = 1_000;

    /// Two files of lines.
    ///
    /// @param blocks what was signed, a space, and the signature; by number
    /// @param entries block, place in it, path (hashes with commas between, or `-`) and the entry
    ///   as it is hashed; `unsealed - -` in front of one that is in no block
    public record Texts(String blocks, String entries) {}

    private final SealStore store;

    public JournalProofs(SealStore store) {
        this.store = store;
    }

    /// Entries that a package is to have.
    ///
    /// @param which of those about the subject
    public record Wanted(Subject subject, Predicate<WrittenEntry> which) {}

    /// By sequence, each once.
    ///
    /// @param most of each subject, the newest
    public Texts about(List<Wanted> wanted, int most) throws RecordUnavailable {
        var all = new TreeMap<Long, Kept>();
        for (Wanted one : wanted) {
            for (Kept kept : store.about(one.subject(), most)) {
                if (one.which().test(kept.entry())) {
                    all.put(kept.entry().sequence(), kept);
                }
            }
        }
        return texts(List.copyOf(all.values()));
    }

    private Texts texts(List<Kept> kept) throws RecordUnavailable {
        var numbers = new TreeSet<Long>();
        for (Kept one : kept) {
            @Nullable Place place = one.place();
            if (place != null) {
                numbers.add(place.block());
            }
        }
        Map<Long, List<byte[]>> trees = new HashMap<>();
        for (long number : numbers) {
            trees.put(number, hashes(number));
        }
        var entries = new StringBuilder();
        for (Kept one : kept) {
            line(entries, one, trees);
        }
        var blocks = new StringBuilder();
        for (SealedBlock head : heads(numbers)) {
            blocks.append(head.line()).append(' ').append(head.signature()).append('\n');
        }
        return new Texts(blocks.toString(), entries.toString());
    }

    private List<byte[]> hashes(long block) throws RecordUnavailable {
        return store.leaves(block).stream()
                .map(Leaf::hash)
                .map(hash -> HexFormat.of().parseHex(hash))
                .toList();
    }

    private static void line(StringBuilder text, Kept one, Map<Long, List<byte[]>> trees) {
        @Nullable Place place = one.place();
        if (place == null) {
            text.append("unsealed - -");
        } else {
            var leaves = trees.getOrDefault(place.block(), List.of());
            var path =
                    place.place() < leaves.size()
                            ? MerkleTree.path(leaves, place.place())
                            : List.<byte[]>of();
            var hashes = path.stream().map(HexFormat.of()::formatHex).toList();
            text.append(place.block())
                    .append(' ')
                    .append(place.place())
                    .append(' ')
                    .append(hashes.isEmpty() ? "-" : String.join(",", hashes));
        }
        text.append(' ').append(one.entry().canonical()).append('\n');
    }

    private List<SealedBlock> heads(TreeSet<Long> numbers) throws RecordUnavailable {
        @Nullable SealedBlock newest = store.head().orElse(null);
        if (numbers.isEmpty() || newest == null) {
            return newest == null ? List.of() : List.of(newest);
        }
        var heads = new ArrayList<SealedBlock>();
        if (newest.number() - numbers.first() >= MOST_HEADS) {
            for (long number : numbers) {
                heads.addAll(store.blocks(number, 1));
            }
            if (newest.number() != numbers.last()) {
                heads.add(newest);
            }
            return heads;
        }
        for (long from = numbers.first(); from <= newest.number(); ) {
            var some = store.blocks(from, HEADS_AT_ONCE);
            heads.addAll(some);
            from = some.isEmpty() ? Long.MAX_VALUE : some.getLast().number() + 1;
        }
        return heads;
    }
}
