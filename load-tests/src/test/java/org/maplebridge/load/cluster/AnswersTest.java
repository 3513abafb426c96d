package org.maplebridge.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static final long MILLI = 1_000_000;

    private final Answers answers =
            Answers.toOrders(
                    List.of(
                            answer("ok", 0, 10),
                            answer("record-unavailable", 100, 3_100),
                            answer("record-unavailable", 3_200, 3_201),
                            answer("ok", 4_000, 4_020)));

    @Test
    void whatWasAskedMeanwhileIsCountedByVerdict() {
        assertThat(answers.within(50 * MILLI, 4_000 * MILLI).counts())
                .isEqualTo(Map.of("record-unavailable", 2));
        assertThat(answers.counts()).containsEntry("ok", 2);
    }

    @Test
    void refusalsSayHowLongTheyTook() {
        assertThat(answers.refusedMillis()).containsExactly(1.0, 3_000.0);
    }

    @Test
    void theFirstOneThatWasTakenAgainIsFoundByWhenItWasAnswered() {
        assertThat(answers.firstOkNanos(11 * MILLI)).hasValue(4_020 * MILLI);
        assertThat(answers.firstOkNanos(5_000 * MILLI)).isEmpty();
    }

    private static Event.Answered answer(String verdict, long askedMillis, long atMillis) {
        return new Event.Answered("room", "o", verdict, askedMillis * MILLI, atMillis * MILLI);
    }
}
