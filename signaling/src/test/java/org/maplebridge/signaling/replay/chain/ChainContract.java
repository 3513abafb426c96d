package org.maplebridge.signaling.replay.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.journal.seal.Fault;
import org.maplebridge.dispatch.journal.seal.Fault.Kind;
import org.maplebridge.dispatch.journal.seal.SealedBlock;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.replay.Seal;

/// Somebody with a hand in the database changes what was sealed, and is found out.
abstract class ChainContract {
    static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    static final Subject CAR = Subject.of(new UnitId("car1"));

    private final Seal seal = Seal.of(Seal.make());
    private final Seal otherNode = Seal.of(Seal.make());
    private final List<Long> sequences = new ArrayList<>();
    private Instant now = NOON;
    private RecordStores record;
    private JournalSealer sealer;
    private JournalCheck check;

    /// Empty, for each test.
    abstract RecordStores opened() throws Exception;

    /// Past the record.
    abstract Connection connection() throws SQLException;

    /// Three blocks of four entries, ten minutes and a bit apart.
    @BeforeEach
    void threeBlocks() throws Exception {
        record = opened();
        InstantSource clock = () -> now;
        sealer = new JournalSealer(record.seals(), seal, clock);
        check = new JournalCheck(record.seals(), clock);
        for (int block = 0; block < 3; block++) {
            write(4);
            assertThat(sealer.sealNow()).isTrue();
            later(Duration.ofMinutes(11));
        }
        assertThat(faults()).isEmpty();
    }

    @AfterEach
    void close() {
        record.close();
    }

    @Test
    void whatNobodyTouchedIsRightToTheLastEntry() throws Exception {
        var step = check.step(1, Set.of(seal.fingerprint()), kept(3));
        assertThat(step.entries()).isEqualTo(12);
        assertThat(step.until()).isEqualTo(3);
        assertThat(step.next()).isNull();
        assertThat(step.keys()).containsExactly(seal.fingerprint());
        assertThat(step.faults()).isEmpty();
        assertThat(check.step(4, Set.of(), null).faults()).isEmpty();
        assertThat(sealer.sealed()).isEqualTo(12);
    }

    @Test
    void anEntryThatWasChangedIsNamed() throws Exception {
        sql("update journal_entry set detail = 'n=8\n' where sequence = " + sequences.get(5));
        assertThat(faults()).containsExactly(fault(Kind.ENTRY_CHANGED, 2, 5));
        sql("update journal_entry set detail = 'n=5\n' where sequence = " + sequences.get(5));
        assertThat(faults()).as("put back").isEmpty();
        for (var change :
                List.of(
                        "detail = 'n=5\nx'",
                        "actor = 'somebody'",
                        "seat = ''",
                        "kind = 'NONSENSE'",
                        "happened_at = happened_at + interval '1' second")) {
            sql("update journal_entry set " + change + " where sequence = " + sequences.get(5));
            assertThat(faults()).as(change).containsExactly(fault(Kind.ENTRY_CHANGED, 2, 5));
        }
    }

    @Test
    void whomAnEntryIsAboutCannotBeChangedEither() throws Exception {
        sql("update journal_subject set id = 'car2' where sequence = " + sequences.get(0));
        sql("delete from journal_subject where sequence = " + sequences.get(6));
        sql("insert into journal_subject values ('UNIT', 'car3', " + sequences.get(11) + ")");
        assertThat(faults())
                .containsExactly(
                        fault(Kind.ENTRY_CHANGED, 1, 0),
                        fault(Kind.ENTRY_CHANGED, 2, 6),
                        fault(Kind.ENTRY_CHANGED, 3, 11));
    }

    @Test
    void anEntryThatWasDeletedIsNamed() throws Exception {
        sql("delete from journal_subject where sequence = " + sequences.get(7));
        sql("delete from journal_entry where sequence = " + sequences.get(7));
        assertThat(faults()).containsExactly(fault(Kind.ENTRY_REMOVED, 2, 7));
    }

    @Test
    void anEntryThatIsPutBetweenOldOnesIsNamedBeforeAndAfterItIsSealed() throws Exception {
        sql("delete from journal_subject where sequence = " + sequences.get(5));
        sql("delete from journal_entry where sequence = " + sequences.get(5));
        long free = sequences.get(0) - 1;
        sql(insert(free));
        var added = new Fault(Kind.ENTRY_ADDED, 1, free);
        assertThat(faults()).containsExactly(added, fault(Kind.ENTRY_REMOVED, 2, 5));
        sealer.round();
        var sealed = new Fault(Kind.ENTRY_ADDED, 4, free);
        assertThat(faults()).containsExactly(fault(Kind.ENTRY_REMOVED, 2, 5), sealed);
    }

    @Test
    void anEntryUnderANumberFarAboveAllOthersIsNotFollowed() throws Exception {
        sql(insert(Long.MAX_VALUE - 5));
        write(3);
        assertThat(sealer.sealNow()).as("one of them gets no block").isFalse();
        assertThat(blocks()).isEqualTo(4);
        assertThat(record.seals().head().orElseThrow().count()).isEqualTo(3);
        write(2);
        later(Duration.ofMinutes(10));
        sealer.round();
        assertThat(record.seals().head().orElseThrow().count()).isEqualTo(2);
        sealer.round();
        assertThat(sealer.waitingSeconds()).as("and that is told").isEqualTo(600);
        assertThat(faults()).isEmpty();
        sql("delete from journal_entry where sequence = " + (Long.MAX_VALUE - 5));
        sealer.round();
        assertThat(sealer.waitingSeconds()).isZero();
    }

    @Test
    void aBlockThatWasRemovedIsNamedAndItsEntriesAreSealedAnew() throws Exception {
        sql("delete from journal_leaf where block_number = 2");
        sql("delete from journal_seal where block_number = 2");
        assertThat(faults()).contains(new Fault(Kind.BLOCK_MISSING, 2, null));
        assertThat(faults()).contains(fault(Kind.ENTRY_ADDED, 3, 4), fault(Kind.ENTRY_ADDED, 3, 7));
        sealer.round();
        assertThat(faults())
                .contains(
                        new Fault(Kind.BLOCK_MISSING, 2, null),
                        fault(Kind.ENTRY_ADDED, 4, 4),
                        fault(Kind.ENTRY_ADDED, 4, 7));
    }

    /// What was cut off at the end shows with a head that was kept elsewhere alone.
    @Test
    void theNewestBlocksCutOffAreFoundByWhatWasKept() throws Exception {
        var kept = kept(3);
        sql("delete from journal_leaf where block_number = 3");
        sql("delete from journal_seal where block_number = 3");
        assertThat(faults()).isEmpty();
        assertThat(check.step(1, Set.of(), kept).faults())
                .containsExactly(new Fault(Kind.BLOCK_MISSING, 3, null));
        later(Duration.ofMinutes(1));
        sealer.round();
        assertThat(check.step(1, Set.of(), kept).faults())
                .containsExactly(new Fault(Kind.NOT_AS_KEPT, 3, null));
    }

    @Test
    void blocksThatWereSwappedAreNamed() throws Exception {
        sql("alter table journal_leaf drop constraint " + foreignKey());
        for (var table : List.of("journal_leaf", "journal_seal")) {
            sql("update " + table + " set block_number = 99 where block_number = 1");
            sql("update " + table + " set block_number = 1 where block_number = 2");
            sql("update " + table + " set block_number = 2 where block_number = 99");
        }
        assertThat(faults())
                .startsWith(
                        new Fault(Kind.CHAIN_BROKEN, 1, null),
                        new Fault(Kind.SIGNATURE_WRONG, 1, null));
    }

    @Test
    void aRootThatWasChangedIsNamed() throws Exception {
        sql("update journal_seal set root = '" + "a".repeat(64) + "' where block_number = 2");
        assertThat(faults())
                .containsExactly(
                        new Fault(Kind.SIGNATURE_WRONG, 2, null),
                        new Fault(Kind.ROOT_WRONG, 2, null),
                        new Fault(Kind.CHAIN_BROKEN, 3, null));
    }

    @Test
    void aSignatureByAnotherKeyIsNamed() throws Exception {
        var block = record.seals().blocks(3, 1).getFirst();
        var signature = otherNode.signature(block.line());
        sql("update journal_seal set signature = '" + signature + "' where block_number = 3");
        assertThat(faults()).containsExactly(new Fault(Kind.SIGNATURE_WRONG, 3, null));
        var theirs =
                new SealedBlock(
                        3,
                        block.first(),
                        block.last(),
                        block.through(),
                        block.count(),
                        block.total(),
                        block.root(),
                        block.before(),
                        block.at(),
                        otherNode.publicKey(),
                        "");
        sql(
                "update journal_seal set seal_key = '%s', signature = '%s' where block_number = 3"
                        .formatted(theirs.key(), otherNode.signature(theirs.line())));
        assertThat(faults()).as("who knows no key").isEmpty();
        assertThat(check.step(1, Set.of(seal.fingerprint()), null).faults())
                .containsExactly(new Fault(Kind.KEY_UNKNOWN, 3, null));
        var both = Set.of(seal.fingerprint(), otherNode.fingerprint());
        assertThat(check.step(1, both, null).faults()).isEmpty();
    }

    @Test
    void anEntryChangedTogetherWithItsHashBreaksTheRoot() throws Exception {
        sql("update journal_entry set detail = 'n=8\n' where sequence = " + sequences.get(5));
        var changed =
                record.seals().found(2).stream()
                        .filter(found -> found.leaf().sequence() == sequences.get(5))
                        .map(found -> Objects.requireNonNull(found.entry()))
                        .findFirst()
                        .orElseThrow();
        var hash = HexFormat.of().formatHex(changed.leaf());
        sql(
                "update journal_leaf set hash = '%s' where sequence = %d"
                        .formatted(hash, sequences.get(5)));
        assertThat(faults()).containsExactly(new Fault(Kind.ROOT_WRONG, 2, null));
    }

    @Test
    void aTransactionThatWasOnItsWayIsNoFault() throws Exception {
        try (var late = connection();
                var statement = late.createStatement()) {
            late.setAutoCommit(false);
            long hole = sequences.getLast() + 1_000;
            statement.execute(insert(hole));
            sql(insert(hole + 1));
            assertThat(sealer.sealNow()).isTrue();
            later(Duration.ofSeconds(30));
            late.commit();
        }
        assertThat(faults()).as("not sealed yet").isEmpty();
        later(Duration.ofSeconds(40));
        sealer.round();
        assertThat(faults()).isEmpty();
        var head = record.seals().head().orElseThrow();
        assertThat(head.number()).isEqualTo(5);
        assertThat(head.last()).isLessThan(head.through());
    }

    @Test
    void aRoundWaitsForAMinuteAndAFullBlockForNobody() throws Exception {
        write(2);
        sealer.round();
        assertThat(blocks()).as("the last one is old").isEqualTo(4);
        write(2);
        sealer.round();
        assertThat(blocks()).isEqualTo(4);
        later(Duration.ofSeconds(20));
        assertThat(sealer.waitingSeconds()).isEqualTo(20);
        sealer.round();
        assertThat(blocks()).isEqualTo(4);
        later(JournalSealer.EVERY);
        sealer.round();
        assertThat(blocks()).isEqualTo(5);
        assertThat(sealer.waitingSeconds()).isZero();
        write(SealedBlock.MOST + 1);
        sealer.round();
        assertThat(blocks()).isEqualTo(6);
        assertThat(sealer.waitingSeconds()).isZero();
        assertThat(sealer.sealNow()).isTrue();
        assertThat(blocks()).isEqualTo(7);
        assertThat(faults()).isEmpty();
    }

    /// Its clock is an hour ahead of ours, which goes on sealing by its own.
    @Test
    void aNodeWhoseClockIsWrongStopsNobody() throws Exception {
        var ahead = new JournalSealer(record.seals(), otherNode, () -> now.plusSeconds(3_600));
        write(2);
        ahead.round();
        assertThat(blocks()).isEqualTo(4);
        write(2);
        sealer.round();
        assertThat(blocks()).isEqualTo(4);
        later(JournalSealer.EVERY);
        sealer.round();
        var heads = record.seals().blocks(4, 9);
        assertThat(heads).hasSize(2);
        assertThat(heads.getLast().at()).as("never back").isEqualTo(heads.getFirst().at());
        assertThat(faults()).isEmpty();
    }

    /// Two nodes, each with a key of its own.
    @Test
    void twoSealersMakeOneChain() throws Exception {
        var other = new JournalSealer(record.seals(), otherNode, () -> now);
        for (int round = 0; round < 20; round++) {
            write(3);
            var one = Thread.ofVirtual().start(sealer::round);
            var two = Thread.ofVirtual().start(other::round);
            one.join();
            two.join();
            later(Duration.ofMinutes(1));
        }
        assertThat(sealer.sealNow()).isTrue();
        var step = check.step(1, Set.of(seal.fingerprint(), otherNode.fingerprint()), null);
        assertThat(step.faults()).isEmpty();
        assertThat(step.entries()).isEqualTo(72);
        assertThat(record.seals().head().orElseThrow().total()).isEqualTo(72);
    }

    /// Far below what is looked at each time, and before everything.
    @Test
    void whatLiesDeepIsFoundBitByBit() throws Exception {
        long high = sequences.getLast() + 10 * JournalSealer.LOOK_BACK;
        sql(insert(high));
        assertThat(sealer.sealNow()).isTrue();
        sql(insert(high - 5 * JournalSealer.LOOK_BACK));
        sql(insert(-7));
        for (int round = 0; round < 20; round++) {
            sealer.round();
        }
        assertThat(record.seals().unsealed(Long.MIN_VALUE, Long.MAX_VALUE, 9)).isEmpty();
        assertThat(record.seals().head().orElseThrow().total()).isEqualTo(15);
    }

    private List<Fault> faults() throws RecordUnavailable {
        return check.step(1, Set.of(), null).faults();
    }

    private JournalCheck.Kept kept(long number) throws RecordUnavailable {
        return new JournalCheck.Kept(number, record.seals().blocks(number, 1).getFirst().hash());
    }

    private Fault fault(Kind kind, long block, int entry) {
        return new Fault(kind, block, sequences.get(entry));
    }

    private long blocks() throws RecordUnavailable {
        return record.seals().head().orElseThrow().number();
    }

    private void later(Duration time) {
        now = now.plus(time);
    }

    private void write(int entries) throws RecordUnavailable {
        var some = new ArrayList<Happening>();
        for (int i = 0; i < entries; i++) {
            var detail = Map.of("n", Integer.toString(sequences.size() + i));
            some.add(new Happening(now, JournalKind.UNIT_STATUS, null, null, List.of(CAR), detail));
        }
        record.journal().append(some).forEach(entry -> sequences.add(entry.sequence()));
    }

    private static String insert(long sequence) {
        return "insert into journal_entry (sequence, happened_at, kind, detail) values ("
                + sequence
                + ", timestamp with time zone '2026-11-30 12:00:00+00', 'UNIT_STATUS', '')";
    }

    private String foreignKey() throws SQLException {
        try (var connection = connection();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select constraint_name from information_schema.table_constraints"
                                        + " where constraint_type = 'FOREIGN KEY' and"
                                        + " lower(table_name) = 'journal_leaf'"
                                        + " order by constraint_schema desc")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void sql(String statement) throws SQLException {
        try (var connection = connection();
                var open = connection.createStatement()) {
            open.execute(statement);
        }
    }
}
