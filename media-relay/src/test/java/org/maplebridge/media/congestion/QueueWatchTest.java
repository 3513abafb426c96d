package org.maplebridge.media.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueWatchTest {
    private static final long PEER_CLOCK_MICROS = 7_000_000_000L;
    private static final long WAY_MICROS = 20_000;

    private final QueueWatch watch = new QueueWatch();
    private long linkFreeMicros;

    @Test
    void threeGroupsAreNeededToSayAnything() {
        arrive(0, 0, 100);
        arrive(20_000, 0, 100);
        assertThat(watch.standingMicros()).isNegative();
        arrive(40_000, 0, 100);
        assertThat(watch.standingMicros()).isZero();
    }

    @Test
    void aQueueThatStandsIsSeenAlthoughItDoesNotGrow() {
        for (int i = 0; i < 100; i++) {
            arrive(i * 20_000L, i < 10 ? 0 : 15_000, 120);
        }
        assertThat(watch.standingMicros()).isEqualTo(15_000);
    }

    @Test
    void oneLatePacketIsJitterAndNoQueue() {
        for (int i = 0; i < 100; i++) {
            arrive(i * 20_000L, i % 3 == 0 ? 40_000 : 0, 120);
        }
        assertThat(watch.standingMicros()).isZero();
    }

    @Test
    void whatPacketsOfOneBurstWaitForEachOtherIsNoQueue() {
        for (int frame = 0; frame < 50; frame++) {
            for (int i = 0; i < 3; i++) { // 3 × 9.6 ms on a link of 1 Mbit/s: idle again after each
                passLink(frame * 33_000L, 1_200, 1_000_000);
            }
        }
        assertThat(watch.standingMicros()).isLessThan(1_000);
    }

    @Test
    void nothingStandsWhereTheLastOneToWaitHadNobodyBehind() {
        for (int i = 0; i < 300; i++) { // read every 100 ms, all of it
            long sent = i * 20_000L;
            long read = (sent / 100_000 + 1) * 100_000;
            arrive(sent, read - sent, 1_000, 20_000);
            if (read - sent == 20_000) {
                assertThat(watch.standingMicros()).isLessThanOrEqualTo(0);
                assertThat(watch.capacity()).isZero();
            }
        }
        assertThat(watch.coarse()).isTrue();
    }

    @Test
    void aQueueStandsWhereSomebodyIsBehind() {
        for (int i = 0; i < 100; i++) {
            arrive(i * 5_000L, i < 10 ? 0 : 15_000, 120, 5_000);
        }
        assertThat(watch.standingMicros()).isEqualTo(15_000);
        assertThat(watch.coarse()).isFalse();
    }

    @Test
    void theSlowestLinksServeForLong() {
        for (int i = 0; i < 10; i++) {
            passLink(i * 20_000L, 1_000, 60_000);
        }
        assertThat(watch.servingMicros()).isGreaterThan(1_000_000);
        assertThat(watch.coarse()).isFalse();
    }

    @Test
    void whatALargePacketTakesLongerThanASmallOneIsNoWait() {
        for (int i = 0; i < 50; i++) {
            passLink(i * 40_000L, 100, 1_000_000);
            passLink(i * 40_000L + 20_000, 1_200, 1_000_000);
        }
        assertThat(watch.lastWaitMicros()).isLessThan(2_000);
        assertThat(watch.standingMicros()).isLessThan(2_000);
    }

    @ParameterizedTest(name = "{0} bit/s")
    @ValueSource(longs = {400_000, 1_000_000, 3_000_000})
    void theSpeedOfALinkIsThatOfArrivalsWhileSomethingWaits(long bitsPerSecond) {
        var random = new SplittableRandom(1);
        long gap = 1_000 * 8 * 1_000_000L / bitsPerSecond;
        for (int i = 0; i < 80; i++) { // a third more than the link passes on
            passLink(i * gap * 3 / 4, 800 + random.nextInt(400), bitsPerSecond);
        }
        assertThat(watch.capacity())
                .isBetween((long) (bitsPerSecond * 0.95), (long) (bitsPerSecond * 1.05));
    }

    @Test
    void packetsThatPassSeveralAtATimeMakeALinkNoFaster() {
        for (int i = 0; i < 5; i++) {
            arrive(i * 20_000L, 0, 1_000);
        }
        for (int slot = 0; slot < 3; slot++) {
            for (int i = 0; i < 5; i++) { // 5,000 bytes in 40 ms are 1 Mbit/s
                arrive(100_000 + slot * 25_000L + i, 40_000 + slot * 15_000L - i, 1_000);
            }
        }
        assertThat(watch.capacity()).isBetween(950_000L, 1_050_000L);
    }

    @Test
    void anIdleLinksSpeedIsUnknown() {
        for (int i = 0; i < 50; i++) {
            passLink(i * 20_000L, 1_000, 1_000_000);
        }
        assertThat(watch.capacity()).isZero();
    }

    @Test
    void whatWaitedForTheEndOfAStallComesFastAndSoIsTheLink() {
        for (int i = 0; i < 60; i++) {
            long sent = i * 5_000L;
            long stalledUntil = sent >= 100_000 && sent < 250_000 ? 250_000 : sent;
            arrive(sent, stalledUntil - sent + i * 20, 1_000);
            if (sent == 245_000) {
                assertThat(watch.capacity()).isGreaterThan(50_000_000);
            }
        }
        assertThat(watch.capacity()).isZero();
    }

    @Test
    void aSlowerWayIsOnlyAWaitUntilTheQuickOneIsForgotten() {
        for (int i = 0; i < 2_000; i++) {
            arrive(i * 20_000L, i < 100 ? 0 : 30_000, 120);
            if (i == 200) {
                assertThat(watch.standingMicros()).isEqualTo(30_000);
            }
        }
        assertThat(watch.standingMicros()).isZero();
    }

    @Test
    void aPeerThatSetsItsClockBeginsAnew() {
        for (int i = 0; i < 50; i++) {
            arrive(i * 20_000L, 0, 120);
        }
        for (int i = 50; i < 100; i++) {
            arrive(i * 20_000L, 3_600_000_000L, 120);
        }
        assertThat(watch.standingMicros()).isZero();
    }

    @Test
    void anotherWayIsLearnedAnew() {
        for (int i = 0; i < 50; i++) {
            arrive(i * 20_000L, 0, 120);
        }
        watch.forget();
        for (int i = 50; i < 60; i++) {
            arrive(i * 20_000L, 80_000, 120);
        }
        assertThat(watch.standingMicros()).isZero();
    }

    private void arrive(long sentMicros, long waitMicros, int bytes) {
        arrive(sentMicros, waitMicros, bytes, 0);
    }

    private void arrive(long sentMicros, long waitMicros, int bytes, long untilNext) {
        watch.arrived(
                sentMicros,
                PEER_CLOCK_MICROS + sentMicros + WAY_MICROS + waitMicros,
                bytes,
                untilNext);
    }

    private void passLink(long sentMicros, int bytes, long bitsPerSecond) {
        linkFreeMicros = Math.max(linkFreeMicros, sentMicros) + bytes * 8_000_000L / bitsPerSecond;
        watch.arrived(sentMicros, PEER_CLOCK_MICROS + linkFreeMicros + WAY_MICROS, bytes, 0);
    }
}
