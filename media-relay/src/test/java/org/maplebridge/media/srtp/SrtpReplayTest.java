package org.maplebridge.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.wire.DropReason;

class SrtpReplayTest {
    private static final int SSRC = 0x1234_5678;
    private static final SrtpProfile PROFILE = SrtpProfile.AEAD_AES_128_GCM;

    private final SrtpPair pair = new SrtpPair(PROFILE, SrtpCiphers.best());

    @Test
    void repeatedPacketsAreRefused() {
        byte[] packet = pair.rtp(SSRC, 100);
        assertThat(pair.open(packet.clone())).isPositive();

        assertThat(pair.open(packet.clone())).isEqualTo(DropReason.SRTP_REPLAYED.code());
    }

    @Test
    void latePacketsAreTakenOnceWithinTheWindow() {
        assertThat(pair.open(pair.rtp(SSRC, 5_000))).isPositive();

        assertThat(pair.open(pair.rtp(SSRC, 5_000 - 1_023))).isPositive();
        assertThat(pair.open(pair.rtp(SSRC, 5_000 - 1_024)))
                .isEqualTo(DropReason.SRTP_REPLAYED.code());
    }

    @Test
    void forgedPacketsDoNotMoveTheWindow() {
        assertThat(pair.open(pair.rtp(SSRC, 10))).isPositive();
        byte[] forged = pair.rtp(SSRC, 30_000);
        forged[20] ^= 1;

        assertThat(pair.open(forged)).isEqualTo(DropReason.SRTP_UNAUTHENTICATED.code());
        assertThat(pair.open(pair.rtp(SSRC, 9))).isPositive();
    }

    @Test
    void repeatedReportsAreRefused() {
        byte[] report = pair.protectRtcp(SrtpPair.plainRtcp(SSRC));
        byte[] repeat = report.clone();
        assertThat(pair.receiver.unprotectRtcp(report, 0, report.length)).isPositive();

        assertThat(pair.receiver.unprotectRtcp(repeat, 0, repeat.length))
                .isEqualTo(DropReason.SRTP_REPLAYED.code());
    }

    @Test
    void reportsDoNotShiftTheMediaWindow() {
        byte[] report = pair.protectRtcp(SrtpPair.plainRtcp(SSRC));
        assertThat(pair.receiver.unprotectRtcp(report, 0, report.length)).isPositive();

        assertThat(pair.open(pair.rtp(SSRC, 0x1_0005))).isPositive();
        assertThat(pair.receiver.streams()).isOne();
    }

    @Test
    void strangersLeaveNothingBehind() {
        var random = new SplittableRandom(7);
        for (int i = 0; i < 5_000; i++) {
            byte[] packet = SrtpPair.plainRtp(random.nextInt(), random.nextInt(0x1_0000));
            assertThat(pair.open(packet)).isEqualTo(DropReason.SRTP_UNAUTHENTICATED.code());
        }
        assertThat(pair.receiver.streams()).isZero();
    }

    @Test
    void streamsAreLimited() {
        for (int i = 0; i < InboundSrtp.MAX_STREAMS; i++) {
            assertThat(pair.open(pair.rtp(SSRC + i, 1))).isPositive();
        }

        assertThat(pair.open(pair.rtp(SSRC - 1, 1))).isEqualTo(DropReason.TOO_MANY_STREAMS.code());
        byte[] report = pair.protectRtcp(SrtpPair.plainRtcp(SSRC - 1));
        assertThat(pair.receiver.unprotectRtcp(report, 0, report.length))
                .isEqualTo(DropReason.TOO_MANY_STREAMS.code());
        assertThat(pair.open(pair.rtp(SSRC + 1, 2))).isPositive();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void windowAgreesWithAPlainSet(long seed) {
        var random = new SplittableRandom(seed);
        int size = random.nextBoolean() ? 64 : 1_024;
        var window = new ReplayWindow(size);
        Set<Long> seen = new HashSet<>();
        long highest = -1;
        for (int i = 0; i < 20_000; i++) {
            long leap = random.nextInt(100) == 0 ? random.nextInt(5_000) : random.nextInt(40);
            long index = Math.max(0, highest + leap - random.nextInt(60));
            boolean isNew = index > highest - size && seen.add(index);

            assertThat(window.admits(index)).isEqualTo(isNew);
            if (isNew) {
                window.accept(index);
                highest = Math.max(highest, index);
            }
            assertThat(window.highest()).isEqualTo(highest);
        }
    }
}
