package org.maplebridge.dispatch.journal.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.journal.seal.BlockCheck.Found;
import org.maplebridge.dispatch.journal.seal.BlockCheck.Late;
import org.maplebridge.dispatch.journal.seal.Fault.Kind;

class BlockCheckTest {
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private final TestKey key = TestKey.made();
    private final SealedBlock.Made first = SealedBlock.next(null, entries(1, 2, 5), NOON, key);
    private final SealedBlock.Made second =
            SealedBlock.next(first.block(), entries(3, 9), NOON.plusSeconds(60), key);

    @Test
    void blocksThatNobodyTouchedAreRight() {
        assertThat(check(null, first.block(), found(first))).isEmpty();
        assertThat(check(first.block(), second.block(), found(second))).isEmpty();
        assertThat(second.block().number()).isEqualTo(2);
        assertThat(second.block().first()).isEqualTo(3);
        assertThat(second.block().through()).isEqualTo(9);
        assertThat(second.block().total()).isEqualTo(5);
        assertThat(second.block().before()).isEqualTo(first.block().hash());
    }

    @Test
    void timeNeverGoesBack() {
        var early = SealedBlock.next(first.block(), entries(8), NOON.minusSeconds(5), key);
        assertThat(early.block().at()).isEqualTo(NOON);
    }

    @Test
    void aBlockHasSomeEntriesInTheirOrder() {
        assertThatThrownBy(() -> SealedBlock.next(null, List.of(), NOON, key))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SealedBlock.next(null, entries(2, 1), NOON, key))
                .hasMessageContaining("out of order");
        var many = LongStream.rangeClosed(1, SealedBlock.MOST + 1).toArray();
        assertThatThrownBy(() -> SealedBlock.next(null, entries(many), NOON, key))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void entriesThatWereChangedOrRemovedAreNamed() {
        var found = found(first);
        found.set(1, new Found(1, found.get(1).leaf(), entry(2, "other")));
        found.set(2, new Found(2, found.get(2).leaf(), null));
        assertThat(check(null, first.block(), found))
                .containsExactly(
                        new Fault(Kind.ENTRY_CHANGED, 1, 2L), new Fault(Kind.ENTRY_REMOVED, 1, 5L));
    }

    @Test
    void anEntryChangedWithItsLeafBreaksTheRoot() {
        var found = found(first);
        var other = entry(2, "other");
        found.set(1, new Found(1, new Leaf(2, SealedBlock.hex(other.leaf())), other));
        assertThat(check(null, first.block(), found))
                .containsExactly(new Fault(Kind.ROOT_WRONG, 1, null));
    }

    @Test
    void leavesThatAreGoneOrMovedAreNamed() {
        var gone = found(first);
        gone.remove(1);
        assertThat(check(null, first.block(), gone))
                .containsExactly(new Fault(Kind.LEAF_REMOVED, 1, 1L));
        var last = found(first);
        last.remove(2);
        assertThat(check(null, first.block(), last))
                .containsExactly(new Fault(Kind.LEAF_REMOVED, 1, 2L));
        assertThat(check(null, first.block(), List.of()))
                .containsExactly(new Fault(Kind.LEAF_REMOVED, 1, null));
        var moved = found(first);
        moved.set(0, new Found(0, found(first).get(1).leaf(), entry(2, "")));
        moved.set(1, new Found(1, found(first).get(0).leaf(), entry(1, "")));
        assertThat(check(null, first.block(), moved))
                .containsExactly(new Fault(Kind.LEAF_MOVED, 1, 1L));
    }

    @Test
    void theChainAndItsSignaturesAreNamed() {
        var before = first.block();
        var block = second.block();
        assertThat(check(null, block, found(second)))
                .contains(new Fault(Kind.BLOCK_MISSING, 1, null));
        var forged = SealedBlock.next(null, entries(1, 2, 6), NOON, key).block();
        assertThat(check(forged, block, found(second)))
                .contains(new Fault(Kind.CHAIN_BROKEN, 2, null));
        var stranger = TestKey.made();
        var signature = with(block, block.root(), block.key(), stranger.signature(block.line()));
        assertThat(check(before, signature, found(second)))
                .containsExactly(new Fault(Kind.SIGNATURE_WRONG, 2, null));
        var root = with(block, before.root(), block.key(), block.signature());
        assertThat(check(before, root, found(second)))
                .containsExactly(
                        new Fault(Kind.SIGNATURE_WRONG, 2, null),
                        new Fault(Kind.ROOT_WRONG, 2, null));
        for (var nonsense : List.of("", "§", "AAAA")) {
            assertThat(with(block, block.root(), nonsense, block.signature()).isSigned()).isFalse();
            assertThat(with(block, block.root(), block.key(), nonsense).isSigned()).isFalse();
        }
        var theirs = SealedBlock.next(before, entries(3, 9), NOON, stranger);
        assertThat(check(before, theirs.block(), found(theirs)))
                .containsExactly(new Fault(Kind.KEY_UNKNOWN, 2, null));
    }

    @Test
    void whoCountsWrongIsNamedThoughItIsSigned() {
        var block = second.block();
        var wrong =
                new SealedBlock(
                        2,
                        3,
                        9,
                        8,
                        2,
                        5,
                        block.root(),
                        block.before(),
                        block.at(),
                        block.key(),
                        "");
        var signed = with(wrong, wrong.root(), wrong.key(), key.signature(wrong.line()));
        assertThat(check(first.block(), signed, found(second)))
                .containsExactly(new Fault(Kind.HEAD_WRONG, 2, null));
    }

    @Test
    void whoComesLateIsNamedOnceItIsTooLate() {
        var passed = NOON;
        var limit = NOON.plus(BlockCheck.ON_ITS_WAY);
        var soon = new Late(3, passed, limit);
        var late = new Late(3, passed, limit.plusNanos(1_000));
        assertThat(faults(List.of(soon))).isEmpty();
        assertThat(faults(List.of(late))).containsExactly(new Fault(Kind.ENTRY_ADDED, 2, 3L));
    }

    private List<Fault> faults(List<Late> late) {
        return BlockCheck.faults(first.block(), second.block(), found(second), late, Set.of());
    }

    private List<Fault> check(@Nullable SealedBlock before, SealedBlock block, List<Found> found) {
        return BlockCheck.faults(
                before, block, found, List.of(), Set.of(first.block().fingerprint()));
    }

    private static SealedBlock with(SealedBlock block, String root, String key, String signature) {
        return new SealedBlock(
                block.number(),
                block.first(),
                block.last(),
                block.through(),
                block.count(),
                block.total(),
                root,
                block.before(),
                block.at(),
                key,
                signature);
    }

    private static List<Found> found(SealedBlock.Made made) {
        var found = new ArrayList<Found>();
        for (Leaf leaf : made.leaves()) {
            found.add(new Found(found.size(), leaf, entry(leaf.sequence(), "")));
        }
        return found;
    }

    private static List<WrittenEntry> entries(long... sequences) {
        return LongStream.of(sequences).mapToObj(sequence -> entry(sequence, "")).toList();
    }

    private static WrittenEntry entry(long sequence, String detail) {
        return new WrittenEntry(sequence, NOON, "UNIT_ONLINE", null, null, List.of(), detail);
    }
}
