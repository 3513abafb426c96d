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
                assertThat(watch.capacity(0)).isZero();
            }
        }
        assertThat(watch.coarse()).isTrue();
    }

    /// What waited in front of a link that has become wider comes in one step as well.
    @Test
    void onlyAPeerThatReadsInStepsAgainAndAgainIsKnownForIt() {
        long first = step(1_000_000);
        assertThat(watch.coarse()).isTrue();
        assertThat(watch.coarseLately(first * 1_000)).isFalse();

        long second = step(first + 500_000);
        assertThat(watch.coarseLately(second * 1_000)).isTrue();
        assertThat(watch.coarseLately((second + 3_000_000) * 1_000)).isFalse();
    }

    private long step(long fromMicros) {
        for (int i = 0; i < 5; i++) {
            arrive(fromMicros + i * 20_000L, 80_000 - i * 20_000L, 120);
        }
        return fromMicros + 80_000;
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
        assertThat(watch.capacity(0))
                .isBetween((long) (bitsPerSecond * 0.95), (long) (bitsPerSecond * 1.05));
    }

    @ParameterizedTest(name = "{0} of packets are lost behind the link")
    @ValueSource(doubles = {0.05, 0.1, 0.2})
    void whatIsLostAsEverPassedTheLinkToo(double share) {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 200; i++) { // a third more than the link passes on
            long sent = i * 6_000L;
            if (random.nextDouble() < share) {
                linkFreeMicros = Math.max(linkFreeMicros, sent) + 8_000;
                watch.lost(1_000);
            } else {
                passLink(sent, 1_000, 1_000_000);
            }
        }
        assertThat(watch.capacity(share)).isBetween(950_000L, 1_050_000L);
        assertThat(watch.capacity(0)).isLessThan((long) (1_050_000 * (1 - share)));
    }

    @Test
    void whatAFullQueueTurnsAwayPassedNothing() {
        for (int i = 0; i < 200; i++) {
            passLink(i * 4_000L, 1_000, 1_000_000);
            watch.lost(1_000);
        }
        assertThat(watch.capacity(0)).isBetween(950_000L, 1_050_000L);
        assertThat(watch.capacity(0.02)).isBetween(950_000L, 1_100_000L);
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
        assertThat(watch.capacity(0)).isBetween(950_000L, 1_050_000L);
    }

    @Test
    void anIdleLinksSpeedIsUnknown() {
        for (int i = 0; i < 50; i++) {
            passLink(i * 20_000L, 1_000, 1_000_000);
        }
        assertThat(watch.capacity(0)).isZero();
    }

    @Test
    void whatWaitedForTheEndOfAStallComesFastAndSoIsTheLink() {
        for (int i = 0; i < 60; i++) {
            long sent = i * 5_000L;
            long stalledUntil = sent >= 100_000 && sent < 250_000 ? 250_000 : sent;
            arrive(sent, stalledUntil - sent + i * 20, 1_000);
            if (sent == 245_000) {
                assertThat(watch.capacity(0)).isGreaterThan(50_000_000);
            }
        }
        assertThat(watch.capacity(0)).isZero();
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
