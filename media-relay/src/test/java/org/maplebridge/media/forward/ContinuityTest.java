package org.maplebridge.media.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContinuityTest {
    private static final long SECOND = 1_000_000_000L;

    private final Continuity numbers = new Continuity(8, 90_000, 500, 7_000);

    @Test
    void theFirstPacketGetsTheFirstNumbers() {
        numbers.begin(65_540, 123, 1, 0);

        assertThat(seq(65_540)).isEqualTo(500);
        assertThat(numbers.timestamp(0, 123)).isEqualTo(7_000);
        assertThat(numbers.timestamp(0, 123 + 3_000)).isEqualTo(10_000);
    }

    @Test
    void aNewStretchFollowsTheLastPacketWithoutAGap() {
        numbers.begin(100, 0, 1, 0);
        pass(100, 0, 0);
        pass(103, 9_000, SECOND / 10);

        numbers.begin(9_000, -5, 1, SECOND / 10 + SECOND / 2);

        assertThat(seq(9_000)).isEqualTo(504);
        assertThat(numbers.timestamp(0, -5)).isEqualTo(7_000 + 9_000 + 45_000);
    }

    @Test
    void timestampsStepForwardEvenWhenNoTimePassed() {
        numbers.begin(100, 0, 1, 0);
        pass(100, 0, 0);

        numbers.begin(1, 0, 1, 0);

        assertThat(numbers.timestamp(0, 0)).isEqualTo(7_000 + 1_800);
    }

    @Test
    void packetsFromBeforeTheStretchAreRefused() {
        numbers.begin(100, 0, 1, 0);

        assertThat(numbers.stretchOf(99)).isEqualTo(Continuity.NONE);
    }

    @Test
    void aPacketLeftOutClosesItsGapAndLatePacketsKeepTheirPlaces() {
        numbers.begin(100, 0, 1, 0);
        pass(100, 0, 0); // 101 is late, 102 is padding
        numbers.leaveOut(102);

        assertThat(seq(103)).isEqualTo(502);
        assertThat(seq(101)).isEqualTo(501);
        assertThat(numbers.stretchOf(102)).isEqualTo(Continuity.NONE);
        assertThat(numbers.inputSeq(502)).isEqualTo(103);
        assertThat(numbers.inputSeq(501)).isEqualTo(101);
    }

    @Test
    void aRunOfPaddingTakesOneStretch() {
        numbers.begin(100, 0, 1, 0);
        for (long seq = 101; seq < 200; seq++) {
            numbers.leaveOut(seq);
        }

        assertThat(seq(100)).isEqualTo(500);
        assertThat(seq(200)).isEqualTo(501);
    }

    @Test
    void aHurriedStretchKeepsPicturesApartAndThenReturnsToRealTime() {
        numbers.begin(100, 90_000, 10, 0);

        assertThat(numbers.timestamp(0, 90_000)).isEqualTo(7_000);
        assertThat(numbers.timestamp(0, 93_000)).isEqualTo(7_300);
        pass(100, 90_000, 0);
        pass(101, 93_000, 0);

        numbers.endSpeed(102, 96_000, SECOND / 10);

        assertThat(seq(102)).isEqualTo(502);
        int live = numbers.newest();
        assertThat(numbers.timestamp(live, 96_000)).isEqualTo(7_300 + 9_000);
        assertThat(numbers.timestamp(live, 99_000)).isEqualTo(7_300 + 12_000);
        assertThat(numbers.stretchOf(101)).isZero();
    }

    /// Two pictures in front of the first one in real time are still being repaired.
    @Test
    void whatIsRepairedLateIsNotLaterThanWhatFollowsInRealTime() {
        numbers.begin(100, 90_000, 1, 0);
        pass(100, 90_000, 0);
        numbers.endSpeed(103, 99_000, SECOND / 1_000);

        int live = numbers.newest();
        int late = numbers.timestamp(numbers.stretchOf(102), 96_000);
        assertThat(numbers.timestamp(live, 99_000) - late).isEqualTo(3_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noTwoPacketsEverGetOneNumber(long seed) {
        var random = new SplittableRandom(seed);
        var input = new HashMap<Long, Long>();
        long next = 0;
        long run = 0;
        numbers.begin(next, 0, 1, 0);
        for (int i = 0; i < 20_000; i++) {
            long now = i * 1_000_000L;
            switch (random.nextInt(20)) {
                case 0 -> {
                    next = random.nextLong(1L << 40);
                    numbers.begin(next, random.nextInt(), 1 + random.nextInt(5), now);
                    run++;
                }
                case 1 -> numbers.leaveOut(next++);
                case 2 -> next += random.nextInt(4);
                default -> {
                    boolean late = random.nextInt(10) == 0;
                    long seq = late ? Math.max(0, next - 1 - random.nextInt(30)) : next++;
                    note(input, run << 44 | seq, seq, now);
                }
            }
        }
    }

    private void note(Map<Long, Long> input, long identity, long seq, long now) {
        int stretch = numbers.stretchOf(seq);
        if (stretch == Continuity.NONE) {
            return;
        }
        long output = numbers.seq(stretch, seq);
        Long before = input.putIfAbsent(output, identity);
        assertThat(before == null || before == identity).isTrue();
        numbers.passed(output, numbers.timestamp(stretch, 0), now);
    }

    private long seq(long input) {
        return numbers.seq(numbers.stretchOf(input), input);
    }

    private void pass(long input, int timestamp, long nowNanos) {
        int stretch = numbers.stretchOf(input);
        numbers.passed(
                numbers.seq(stretch, input), numbers.timestamp(stretch, timestamp), nowNanos);
    }
}
