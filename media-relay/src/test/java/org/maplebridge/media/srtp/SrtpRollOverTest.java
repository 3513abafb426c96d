package org.maplebridge.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.wire.DropReason;

class SrtpRollOverTest {
    private static final int SSRC = 0x1234_5678;

    private final SrtpPair pair = new SrtpPair(SrtpProfile.AEAD_AES_128_GCM, SrtpCiphers.best());

    @ParameterizedTest(name = "from {0}")
    @ValueSource(ints = {0, 32_767, 32_768, 65_534, 65_535})
    void streamsSurviveLossAndReorderingOverManyRounds(int start) {
        var random = new SplittableRandom(start);
        long index = start;
        assertThat(pair.open(pair.rtp(SSRC, index))).isPositive();
        long highest = index;
        while (highest < 5 * 65_536L) {
            index = highest + 1 + random.nextInt(3_000);
            assertThat(pair.open(pair.rtp(SSRC, index))).as("packet %d", index).isPositive();
            highest = index;
            long late = highest - 1 - random.nextInt(900);
            int answer = pair.open(pair.rtp(SSRC, late));
            if (late >= start) {
                assertThat(answer == 37 || answer == DropReason.SRTP_REPLAYED.code())
                        .as("late packet %d: %d", late, answer)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest(name = "from {0}")
    @ValueSource(ints = {0, 32_767, 65_534, 65_535})
    void alternatingNeighboursStayInTheirRound(int start) {
        for (long index = start; index < start + 200_000L; index += 2) {
            assertThat(pair.open(pair.rtp(SSRC, index + 1))).isPositive();
            assertThat(pair.open(pair.rtp(SSRC, index))).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void firstPacketsLostBeforeAnEarlyWrapAreNoHarm(SrtpProfile profile) {
        var fresh = new SrtpPair(profile, SrtpCiphers.best());

        assertThat(fresh.open(fresh.rtp(SSRC, 65_536 + 4))).isEqualTo(37);
        assertThat(fresh.open(fresh.rtp(SSRC, 65_535))).isEqualTo(37);
        assertThat(fresh.open(fresh.rtp(SSRC, 65_536 + 5))).isEqualTo(37);
    }

    @Test
    void gapsUpToHalfARoundAreBridged() {
        assertThat(pair.open(pair.rtp(SSRC, 40_000))).isPositive();

        assertThat(pair.open(pair.rtp(SSRC, 40_000 + 32_767))).isPositive();
        assertThat(pair.open(pair.rtp(SSRC, 40_000 + 32_767 + 32_767))).isPositive();
    }

    @Test
    void numbersBeforeTheFirstRoundAreOutOfRange() {
        assertThat(pair.open(pair.rtp(SSRC, 3))).isPositive();

        assertThat(pair.open(pair.rtp(SSRC, 65_530))).isEqualTo(DropReason.OUT_OF_RANGE.code());
    }

    /// RFC 3711 Appendix A: highest number so far, sequence number, guessed number.
    @ParameterizedTest
    @CsvSource({
        "0, 1, 1",
        "0, 32768, 32768",
        "0, 32769, -32767",
        "32767, 65535, 65535",
        "32767, 0, 0",
        "32768, 0, 0",
        "32769, 0, 65536",
        "65534, 65535, 65535",
        "65535, 0, 65536",
        "65536, 65535, 65535",
        "65536, 0, 65536",
        "131071, 0, 131072",
        "131072, 65535, 131071",
        "281474976710655, 65535, 281474976710655",
    })
    void numbersAreGuessedAsInTheRfc(long highest, int seq16, long expected) {
        assertThat(PacketIndex.guess(highest, seq16)).isEqualTo(expected);
    }
}
