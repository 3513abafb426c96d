package org.maplebridge.media.forward;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.maplebridge.media.api.Redundancy;

class RedundancyPolicyTest {
    private static final long SECOND = 1_000_000_000L;

    private final RedundancyPolicy policy = new RedundancyPolicy(Redundancy.AUTO);
    private long nowNanos = 77 * SECOND;
    private boolean narrow;

    @Test
    void voiceIsPlainUntilLossIsReported() {
        assertThat(policy.generations()).isZero();
        assertThat(after(1, 0)).isZero();
        assertThat(after(1, 0.02)).isZero();
        assertThat(after(1, 0.029)).isZero();
    }

    @Test
    void onePacketBeforeGoesAlongAboveThreePercent() {
        assertThat(after(1, 0.032)).isEqualTo(1);
        assertThat(after(1, 0.15)).isEqualTo(1);
    }

    @Test
    void twoGoAlongAboveFifteenPercent() {
        assertThat(after(1, 0.16)).isEqualTo(2);
        assertThat(after(1, 1)).isEqualTo(2);
    }

    @Test
    void voiceIsPlainAgainAfterTenSecondsBelowOnePercent() {
        after(1, 0.1);
        assertThat(after(1, 0)).isEqualTo(1);
        assertThat(after(9, 0.009)).isEqualTo(1);
        assertThat(after(1, 0)).isZero();
    }

    @Test
    void onANarrowLinkItIsPlainAtTheFirstReportWithoutLoss() {
        narrow = true;
        assertThat(after(1, 0.1)).isEqualTo(1);
        assertThat(after(1, 0.02)).isEqualTo(1);
        assertThat(after(1, 0)).isZero();
    }

    @Test
    void onANarrowLinkTheSecondGoesWithTheFirstReportOfLessLoss() {
        narrow = true;
        assertThat(after(1, 0.2)).isEqualTo(2);
        assertThat(after(1, 0.1)).isEqualTo(1);
    }

    @Test
    void someLossInBetweenBeginsTheTenSecondsAnew() {
        after(1, 0.1);
        after(1, 0);
        after(8, 0);
        assertThat(after(1, 0.02)).isEqualTo(1);
        assertThat(after(1, 0)).isEqualTo(1);
        assertThat(after(9, 0)).isEqualTo(1);
        assertThat(after(1, 0)).isZero();
    }

    @Test
    void lossBetweenOneAndThreePercentKeepsWhatIs() {
        after(1, 0.1);
        for (int second = 0; second < 100; second++) {
            assertThat(after(1, 0.02)).isEqualTo(1);
        }
    }

    @Test
    void twoBecomeOneWhenLossIsModerateForTenSeconds() {
        after(1, 0.3);
        for (int second = 1; second < 10; second++) {
            assertThat(after(1, 0.08)).isEqualTo(2);
        }
        assertThat(after(1, 0.08)).isEqualTo(1);
        assertThat(after(1, 0.3)).isEqualTo(2);
    }

    @Test
    void aCalmWayEndsTwoGenerationsToo() {
        after(1, 0.3);
        for (int second = 0; second < 10; second++) {
            after(1, 0);
        }
        assertThat(after(1, 0)).isZero();
    }

    @Test
    void aWishIsNotChangedByReports() {
        var always = new RedundancyPolicy(Redundancy.ALWAYS);
        var never = new RedundancyPolicy(Redundancy.NEVER);
        always.reported(0, false, nowNanos);
        always.reported(0, false, nowNanos + 60 * SECOND);
        never.reported(255, false, nowNanos);

        assertThat(always.generations()).isEqualTo(2);
        assertThat(never.generations()).isZero();
    }

    private int after(int seconds, double loss) {
        nowNanos += seconds * SECOND;
        policy.reported((int) Math.min(255, loss * 256), narrow, nowNanos);
        return policy.generations();
    }
}
