package org.maplebridge.dispatch.jdbc.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalEntry;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.journal.seal.BlockCheck.Found;
import org.maplebridge.dispatch.journal.seal.SealedBlock;
import org.maplebridge.dispatch.journal.seal.TestKey;
import org.maplebridge.dispatch.journal.seal.WrittenEntry;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.seal.SealStore.Kept;
import org.maplebridge.dispatch.store.seal.SealStore.Place;

/// What every record promises of the journal's seals, whichever database keeps them.
abstract class SealContract {
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00.123456Z");

    private final TestKey key = TestKey.made();
    private final Subject car = Subject.of(new UnitId("car-" + UUID.randomUUID()));

    abstract RecordStores store();

    /// Past the record, as somebody would who is not us.
    abstract Connection connection() throws SQLException;

    @BeforeEach
    void sealWhatOthersLeft() throws RecordUnavailable {
        while (!waiting().isEmpty()) {
            assertThat(store().seals().append(next())).isTrue();
        }
    }

    @Test
    void entriesComeBackAsTheyWereHashed() throws RecordUnavailable {
        long one = write("text", "去\n=\\集市").sequence();
        long two = write("reason", "").sequence();
        var waiting = waiting();
        assertThat(waiting).extracting(WrittenEntry::sequence).containsExactly(one, two);
        assertThat(waiting.getFirst().canonical())
                .isEqualTo(
                        "{\"actor\":\"xinhe\",\"at\":\"2026-11-30T12:00:00.123456Z\","
                                + "\"detail\":\"text=去\\\\n\\\\e\\\\\\\\集市\\n\","
                                + "\"kind\":\"UNIT_STATUS\",\"seat\":null,\"sequence\":\""
                                + one
                                + "\",\"subjects\":[[\"UNIT\",\""
                                + car.id()
                                + "\"]]}");
        var made = next();
        assertThat(store().seals().append(made)).isTrue();
        assertThat(waiting()).isEmpty();
        assertThat(store().seals().head()).contains(made.block());
        assertThat(store().seals().blocks(made.block().number(), 9)).containsExactly(made.block());
        assertThat(made.block().isSigned()).isTrue();
        assertThat(store().seals().leaves(made.block().number())).isEqualTo(made.leaves());
        assertThat(store().seals().found(made.block().number()))
                .containsExactly(
                        new Found(0, made.leaves().get(0), waiting.get(0)),
                        new Found(1, made.leaves().get(1), waiting.get(1)));
        long three = write("note", "x").sequence();
        long number = made.block().number();
        assertThat(store().seals().about(car, 2))
                .extracting(kept -> kept.entry().sequence(), Kept::place)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(two, new Place(number, 1)),
                        org.assertj.core.groups.Tuple.tuple(three, null));
    }

    @Test
    void ofTwoBlocksWithOneNumberOneIsWritten() throws RecordUnavailable {
        write("a", "1");
        var mine = next();
        write("b", "2");
        var theirs = next();
        assertThat(store().seals().append(theirs)).isTrue();
        assertThat(store().seals().append(mine)).isFalse();
        assertThat(store().seals().head()).contains(theirs.block());
        assertThat(waiting()).isEmpty();
    }

    /// A sealer that was killed between reading and writing, and comes back as a later number.
    @Test
    void anEntryThatHasABlockGetsNoSecondOne() throws RecordUnavailable {
        write("a", "1");
        var entries = waiting();
        assertThat(store().seals().append(next())).isTrue();
        var head = store().seals().head().orElseThrow();
        var again = SealedBlock.next(head, entries, NOON, key);
        assertThat(store().seals().append(again)).isFalse();
        assertThat(store().seals().head()).as("nothing of it").contains(head);
    }

    @Test
    void manySealersMakeOneChain() throws Exception {
        for (int i = 0; i < 60; i++) {
            write("n", Integer.toString(i));
        }
        long before = store().seals().head().map(SealedBlock::number).orElse(0L);
        Callable<Integer> sealer =
                () -> {
                    int written = 0;
                    for (int round = 0; round < 20; round++) {
                        @Nullable SealedBlock head = store().seals().head().orElse(null);
                        var waiting = store().seals().unsealed(Long.MIN_VALUE, Long.MAX_VALUE, 5);
                        if (!waiting.isEmpty()) {
                            var made = SealedBlock.next(head, waiting, NOON, TestKey.made());
                            written += store().seals().append(made) ? 1 : 0;
                        }
                    }
                    return written;
                };
        int written = 0;
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : pool.invokeAll(List.of(sealer, sealer, sealer, sealer))) {
                written += one.get();
            }
        }
        var blocks = store().seals().blocks(before + 1, 1_000);
        assertThat(blocks).hasSize(written);
        assertThat(blocks).extracting(SealedBlock::count).containsOnly(5);
        assertThat(written).isEqualTo(12);
        for (int i = 1; i < blocks.size(); i++) {
            assertThat(blocks.get(i).before()).isEqualTo(blocks.get(i - 1).hash());
        }
    }

    @Test
    void aTransactionThatCommitsAfterHigherNumbersWereSealedIsWaitingThen() throws Exception {
        try (var late = connection()) {
            late.setAutoCommit(false);
            long early = insert(late, null);
            long higher = write("a", "1").sequence();
            assertThat(higher).isGreaterThan(early);
            assertThat(waiting()).extracting(WrittenEntry::sequence).containsExactly(higher);
            assertThat(store().seals().append(next())).isTrue();
            late.commit();
            assertThat(waiting()).extracting(WrittenEntry::sequence).containsExactly(early);
            assertThat(store().seals().append(next())).isTrue();
            var head = store().seals().head().orElseThrow();
            assertThat(head.last()).isEqualTo(early);
            assertThat(head.through()).isEqualTo(higher);
            assertThat(store().seals().passed(early)).isEqualTo(store().seals().passed(higher));
        }
    }

    @Test
    void whatIsNotCommittedIsNotSealed() throws Exception {
        try (var never = connection()) {
            never.setAutoCommit(false);
            insert(never, null);
            assertThat(waiting()).isEmpty();
            never.rollback();
        }
        assertThat(waiting()).isEmpty();
    }

    @Test
    void onlyWhatIsAskedForIsLookedAt() throws RecordUnavailable {
        var sequences = new ArrayList<Long>();
        for (int i = 0; i < 4; i++) {
            sequences.add(write("n", "").sequence());
        }
        var seals = store().seals();
        assertThat(seals.unsealed(sequences.get(0), sequences.get(2), 9))
                .extracting(WrittenEntry::sequence)
                .isEqualTo(sequences.subList(1, 3));
        assertThat(seals.unsealed(sequences.get(0), sequences.get(2), 1)).hasSize(1);
        assertThat(seals.passed(Long.MAX_VALUE)).isEmpty();
        assertThat(seals.blocks(Long.MAX_VALUE, 9)).isEmpty();
        assertThat(seals.found(Long.MAX_VALUE)).isEmpty();
    }

    private List<WrittenEntry> waiting() throws RecordUnavailable {
        return store().seals().unsealed(Long.MIN_VALUE, Long.MAX_VALUE, SealedBlock.MOST);
    }

    private SealedBlock.Made next() throws RecordUnavailable {
        return SealedBlock.next(
                store().seals().head().orElse(null), waiting(), NOON.plusSeconds(60), key);
    }

    private JournalEntry write(String name, String value) throws RecordUnavailable {
        return store().journal()
                .append(
                        new Happening(
                                NOON,
                                JournalKind.UNIT_STATUS,
                                new UserId("xinhe"),
                                null,
                                List.of(car),
                                Map.of(name, value)));
    }

    /// @return the sequence that it got
    private static long insert(Connection connection, @Nullable Long sequence) throws SQLException {
        var columns = sequence == null ? "" : "sequence, ";
        var value = sequence == null ? "" : sequence + ", ";
        try (var statement =
                connection.prepareStatement(
                        "insert into journal_entry ("
                                + columns
                                + "happened_at, kind, detail) values ("
                                + value
                                + "timestamp with time zone '2026-11-30 12:00:00+00',"
                                + " 'UNIT_STATUS', '')",
                        new String[] {"sequence"})) {
            statement.executeUpdate();
            try (var keys = statement.getGeneratedKeys()) {
                keys.next();
                return keys.getLong(1);
            }
        }
    }
}
