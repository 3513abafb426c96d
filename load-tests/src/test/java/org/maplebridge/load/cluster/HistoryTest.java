package org.maplebridge.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.maplebridge.load.client.VoiceTerminal.Heard;

class HistoryTest {
    private static final long MILLI = 1_000_000;

    private final History history = new History(_ -> {});

    @Test
    void whatWasAcknowledgedAndIsNotThereIsLost() {
        history.answered(answer("a", "ok"));
        history.answered(answer("b", "ok"));
        history.answered(answer("d", "record-unavailable"));

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
        assertThat(history.overlaps()).isEmpty();

        history.heard("bob", List.of(talk(5, 300, 700), talk(4, 0, 600)));
        assertThat(history.overlaps()).singleElement().returns(300 * MILLI, History.Overlap::nanos);
        assertThat(history.wrong()).singleElement().asString().contains("bob", "4", "5", "300 ms");
    }

    @Test
    void whatIsReportedInPiecesIsComparedAllTheSame() {
        history.heard("ann", List.of(talk(1, 0, 600)));
        history.heard("ann", List.of(talk(1, 610, 900), talk(2, 950, 1_000)));
        assertThat(history.overlaps()).isEmpty();

        history.heard("bob", List.of(talk(3, 0, 2_000), talk(4, 100, 300)));
        history.heard("bob", List.of(talk(5, 1_500, 1_700)));
        assertThat(history.overlaps()).extracting(History.Overlap::second).containsExactly(4, 5);
    }

    private static Event.Answered answer(String order, String verdict) {
        return new Event.Answered("room", order, verdict, 0, 0);
    }

    private static Heard talk(int burst, long fromMillis, long untilMillis) {
        return new Heard(burst, 1, 0, 10, 11, fromMillis * MILLI, untilMillis * MILLI);
    }
}
