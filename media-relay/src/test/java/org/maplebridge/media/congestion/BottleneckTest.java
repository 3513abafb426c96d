package org.maplebridge.media.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BottleneckTest {
    private static final long MILLI = 1_000_000L;
    private static final int VOICE = 0x7;

    private final Bottleneck link = new Bottleneck();
    private final VoiceClock voices = new VoiceClock();
    private long now = 1_000 * MILLI;

    @Test
    void picturesLeaveAtTheLinksRateWhileNobodyTalks() {
        link.setRate(1_000_000);
        int bytes = 0;
        for (int i = 0; i < 1_000; i++) {
            now += MILLI;
            while (link.admits(1_000, 0, voices, now)) {
                link.left(1_000, now);
                bytes += 1_000;
            }
            assertThat(link.backlogNanos(now)).isLessThan(17 * MILLI);
        }
        assertThat(bytes).isBetween(123_000, 128_000);
    }

    @Test
    void aPicturesPacketWaitsForTheVoicePacketThatIsDue() {
        link.setRate(1_000_000);
        talk();
        assertThat(link.admits(1_200, 0, voices, now)).isTrue();
        now += 17 * MILLI; // 9.6 ms would be 6.6 too many
        assertThat(link.admits(1_200, 0, voices, now)).isFalse();
        now += 3 * MILLI;
        talk();
        assertThat(link.admits(1_200, 0, voices, now)).isTrue();
    }

    @Test
    void asManyFollowAVoicePacketAsPassBeforeTheNext() {
        link.setRate(1_000_000);
        talk();
        int followed = 0;
        while (link.admits(1_050, 0, voices, now)) {
            link.left(1_050, now);
            followed++;
        }
        assertThat(followed).isEqualTo(2); // 1 + 8.4 + 8.4 ms of 20, and 5 are bearable
    }

    @Test
    void onePacketFollowsEachVoicePacketOnASlowLinkAndNoneOnASlowerOne() {
        link.setRate(360_000);
        talk();
        assertThat(link.admits(1_200, 0, voices, now)).isTrue();
        assertThat(link.fits(1_228, 100, voices.gapNanos(now))).isTrue();
        link.left(1_200, now);
        assertThat(link.admits(100, 0, voices, now)).isFalse();

        link.setRate(160_000);
        assertThat(link.fits(1_228, 100, voices.gapNanos(now))).isFalse();
        assertThat(link.fits(1_228, 100, VoiceClock.NOBODY)).isTrue();
    }

    @Test
    void voiceWaitsForOnePacketThatTakesLongerThanAGapAndNeverForTwo() {
        link.setRate(300_000);
        int followed = 0;
        long longest = 0;
        for (int i = 0; i < 1_000; i++) {
            now += MILLI;
            if (i % 20 == 0) {
                longest = Math.max(longest, link.backlogNanos(now));
                talk();
            }
            if (link.admits(1_228, 0, voices, now)) {
                link.left(1_228, now);
                followed++;
            }
        }
        assertThat(followed).isBetween(20, 26); // 26 packets a second are left beside the voice
        assertThat(longest).isBetween(12 * MILLI, 33 * MILLI);
    }

    /// Redundant voice takes long on a slow link, and voices may come close together: where the
    /// longest of a picture's packets fits, each one finds a place.
    @ParameterizedTest(name = "{0} bytes, second voice {1} ms later")
    @CsvSource({
        "124, -1", "249, -1", "124, 1", "124, 10", "249, 1", "249, 4", "249, 10", "249, 17"
    })
    void noPacketWaitsForEver(int voiceBytes, int secondMillis) {
        for (long rate = 150_000; rate <= 500_000; rate += 1_000) {
            for (int bytes = 1_228; bytes >= 100; bytes -= 94) {
                now += 1_000 * MILLI;
                link.setRate(rate);
                assertThat(
                                neverFits(voiceBytes, secondMillis)
                                        || findsAPlace(bytes, voiceBytes, secondMillis))
                        .as("%d bytes at %d bit/s", bytes, rate)
                        .isTrue();
            }
        }
    }

    private boolean neverFits(int voiceBytes, int secondMillis) {
        return !link.fits(1_228, voiceBytes, (secondMillis < 0 ? 20 : 10) * MILLI);
    }

    private boolean findsAPlace(int bytes, int voiceBytes, int secondMillis) {
        for (int millis = 0; millis < 400; millis++) {
            if (millis % 20 == 0) {
                voices.left(VOICE, voiceBytes, now);
                link.left(voiceBytes, now);
            }
            if (millis % 20 == secondMillis) {
                voices.left(VOICE + 1, voiceBytes, now);
                link.left(voiceBytes, now);
            }
            boolean asked = millis > 40 && millis % 2 == 0;
            if (asked && link.admits(bytes, (millis - 40) * MILLI, voices, now)) {
                return true;
            }
            now += MILLI;
        }
        return false;
    }

    @Test
    void anOverdueVoicePacketMayComeAtAnyMoment() {
        link.setRate(1_000_000);
        talk();
        now += 30 * MILLI;
        assertThat(link.admits(1_200, 0, voices, now)).isFalse();
        assertThat(link.admits(500, 0, voices, now)).isTrue();
        now += 40 * MILLI; // silent
        assertThat(link.admits(1_200, 0, voices, now)).isTrue();
    }

    @Test
    void otherPacketLengthsThanTwentyMillisecondsAreLearned() {
        for (int i = 0; i < 40; i++) {
            voices.left(VOICE, 100, now);
            now += 60 * MILLI;
        }
        now -= 60 * MILLI;
        assertThat(voices.nextNanos(now) - now).isBetween(55 * MILLI, 60 * MILLI);
        assertThat(voices.gapNanos(now)).isBetween(55 * MILLI, 60 * MILLI);
    }

    @Test
    void ofSeveralVoicesTheNextPacketIsAnyones() {
        voices.left(1, 100, now);
        voices.left(2, 100, now + 5 * MILLI);
        now += 6 * MILLI;
        assertThat(voices.nextNanos(now) - now).isEqualTo(14 * MILLI);
        assertThat(voices.gapNanos(now)).isEqualTo(10 * MILLI);
    }

    @Test
    void ofMoreVoicesThanAreRememberedTheQuietestIsForgotten() {
        for (int voice = 0; voice < 9; voice++) {
            now += MILLI;
            voices.left(voice, 100, now);
        }
        assertThat(voices.gapNanos(now)).isEqualTo(5 * MILLI);
        assertThat(voices.talkedLately(now + 9_000 * MILLI)).isTrue();
        assertThat(voices.talkedLately(now + 11_000 * MILLI)).isFalse();
        assertThat(voices.nextNanos(now + 1_000 * MILLI)).isEqualTo(VoiceClock.NOBODY);
    }

    @Test
    void whatNobodyWillTellOfMakesNoQueue() {
        link.setRate(100_000);
        for (int packet = 0; packet < 500; packet++) {
            now += 5 * MILLI;
            link.leftUntold(120, now);
        }
        assertThat(link.backlogNanos(now)).isLessThan(10 * MILLI);
    }

    private void talk() {
        voices.left(VOICE, 100, now);
        link.left(120, now);
    }
}
