package org.maplebridge.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.maplebridge.load.client.VoiceTerminal.Heard;

class HistoryTest {
    private static final long MILLI = 1_000_000;

    private final History history = new History();

    @Test
    void whatWasAcknowledgedAndIsNotThereIsLost() {
        history.acknowledged("a");
        history.acknowledged("b");

        assertThat(history.lost(Set.of("a", "c"))).containsExactly("b");
        assertThat(history.lost(Set.of("a", "b"))).isEmpty();
    }

    @Test
    void theSameWordsUnderTwoNumbersOrDoneTwiceAreDoubled() {
        history.shown("a", "one", 1);
        history.shown("a", "one", 1);
        history.shown("b", "two", 2);
        history.executed("a");
        assertThat(history.doubled()).isEmpty();

        history.shown("c", "two", 3);
        history.executed("a");
        assertThat(history.doubled()).hasSize(2);

        history.shown("a", "one", 4);
        assertThat(history.wrong()).singleElement().asString().contains("two numbers");
    }

    @Test
    void twoVoicesAtOnceAreHeardAsTwo() {
        history.heard("ann", List.of(talk(1, 0, 600), talk(2, 560, 900), talk(3, 2_000, 2_100)));
        assertThat(history.twoTalkers()).isZero();

        history.heard("bob", List.of(talk(5, 300, 700), talk(4, 0, 600)));
        assertThat(history.twoTalkers()).isOne();
        assertThat(history.wrong()).singleElement().asString().contains("bob", "4", "5", "300 ms");
    }

    private static Heard talk(int burst, long fromMillis, long untilMillis) {
        return new Heard(burst, 0, 10, 11, fromMillis * MILLI, untilMillis * MILLI);
    }
}
