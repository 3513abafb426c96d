package org.maplebridge.signaling.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessorTimesTest {
    @Test
    void readsWhatTheKernelWrites() {
        var times = ProcessorTimes.parse("cpu  100 10 50 700 40 0 20 80 33 3").orElseThrow();
        assertThat(times).isEqualTo(new ProcessorTimes(1_000, 740, 80));
    }

    @Test
    void comparesTwoMoments() {
        var before = new ProcessorTimes(1_000, 740, 80);
        var after = new ProcessorTimes(1_200, 780, 130);
        assertThat(after.busySince(before)).isEqualTo(0.8);
        assertThat(after.stolenSince(before)).isEqualTo(0.25);
        assertThat(before.busySince(before)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cpu",
                "cpu0 1 2 3 4 5 6 7 8 9 10",
                "cpu 1 2 3 4 5 6 7",
                "cpu a b c d e f g h i j",
                "cpu 99999999999999999999 1 1 1 1 1 1 1 1 1"
            })
    void anythingElseIsNothing(String line) {
        assertThat(ProcessorTimes.parse(line)).isEmpty();
    }
}
