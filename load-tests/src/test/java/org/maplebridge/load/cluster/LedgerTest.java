package org.maplebridge.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.maplebridge.load.cluster.Event.Talked;
import org.maplebridge.load.cluster.Ledger.Entry;

class LedgerTest {
    private static final long MILLI = 1_000_000;

    @Test
    void whatWasSaidAndIsNotInTheRecordIsMissing() {
        var said = List.of(talk("ann", 1, 1_000), talk("bob", 2, 3_000), talk("ann", 3, 5_000));
        var record = List.of(entry("x", "ann", 990), entry("y", "bob", 3_010));
        assertThat(Ledger.missing(said, record)).extracting(Talked::burst).containsExactly(3);
    }

    @Test
    void anEntryStandsForOneTalkOnly() {
        var said = List.of(talk("ann", 1, 1_000), talk("ann", 2, 1_700));
        assertThat(Ledger.missing(said, List.of(entry("x", "ann", 1_010))))
                .extracting(Talked::burst)
                .containsExactly(2);
    }

    @Test
    void whatTheServerCutShortIsNotAskedFor() {
        var cut = new Talked("ann", "g", 1, 0, 0, MILLI, false);
        assertThat(Ledger.missing(List.of(cut), List.of())).isEmpty();
    }

    @Test
    void oneTalkUnderTwoIdsIsDoubled() {
        assertThat(Ledger.doubled(List.of(entry("x", "ann", 5), entry("y", "ann", 6)))).isZero();
        assertThat(Ledger.doubled(List.of(entry("x", "ann", 5), entry("y", "ann", 5)))).isOne();
    }

    private static Talked talk(String who, int burst, long atMillis) {
        return new Talked(who, "g", burst, 0, atMillis * MILLI, (atMillis + 500) * MILLI, true);
    }

    private static Entry entry(String id, String who, long atMillis) {
        return new Entry(id, who, "g", atMillis * MILLI);
    }
}
