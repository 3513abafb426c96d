package org.maplebridge.media.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
            while (link.admits(1_000, voices, now)) {
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
        assertThat(link.admits(1_200, voices, now)).isTrue();
        now += 17 * MILLI; // 9.6 ms would be 6.6 too many
        assertThat(link.admits(1_200, voices, now)).isFalse();
        now += 3 * MILLI;
        talk();
        assertThat(link.admits(1_200, voices, now)).isTrue();
    }

    @Test
    void asManyFollowAVoicePacketAsPassBeforeTheNext() {
        link.setRate(1_000_000);
        talk();
        int followed = 0;
        while (link.admits(1_050, voices, now)) {
            link.left(1_050, now);
            followed++;
        }
        assertThat(followed).isEqualTo(2); // 1 + 8.4 + 8.4 ms of 20, and 5 are bearable
    }

    @Test
    void onePacketFollowsEachVoicePacketOnASlowLinkAndNoneOnASlowerOne() {
        link.setRate(360_000);
        talk();
        assertThat(link.admits(1_200, voices, now)).isTrue();
        assertThat(link.fits(1_228, voices.gapNanos(now))).isTrue();
        link.left(1_200, now);
        assertThat(link.admits(100, voices, now)).isFalse();

        link.setRate(160_000);
        assertThat(link.fits(1_228, voices.gapNanos(now))).isFalse();
        assertThat(link.fits(1_228, VoiceClock.NOBODY)).isTrue();
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
            if (link.admits(1_228, voices, now)) {
                link.left(1_228, now);
                followed++;
            }
        }
        assertThat(followed).isBetween(20, 26); // 26 packets a second are left beside the voice
        assertThat(longest).isBetween(12 * MILLI, 33 * MILLI);
    }

    @Test
    void anOverdueVoicePacketMayComeAtAnyMoment() {
        link.setRate(1_000_000);
        talk();
        now += 30 * MILLI;
        assertThat(link.admits(1_200, voices, now)).isFalse();
        assertThat(link.admits(500, voices, now)).isTrue();
        now += 40 * MILLI; // silent
        assertThat(link.admits(1_200, voices, now)).isTrue();
    }

    @Test
    void otherPacketLengthsThanTwentyMillisecondsAreLearned() {
        for (int i = 0; i < 40; i++) {
            voices.left(VOICE, now);
            now += 60 * MILLI;
        }
        now -= 60 * MILLI;
        assertThat(voices.nextNanos(now) - now).isBetween(55 * MILLI, 60 * MILLI);
        assertThat(voices.gapNanos(now)).isBetween(55 * MILLI, 60 * MILLI);
    }

    @Test
    void ofSeveralVoicesTheNextPacketIsAnyones() {
        voices.left(1, now);
        voices.left(2, now + 5 * MILLI);
        now += 6 * MILLI;
        assertThat(voices.nextNanos(now) - now).isEqualTo(14 * MILLI);
        assertThat(voices.gapNanos(now)).isEqualTo(10 * MILLI);
    }

    @Test
    void ofMoreVoicesThanAreRememberedTheQuietestIsForgotten() {
        for (int voice = 0; voice < 9; voice++) {
            now += MILLI;
            voices.left(voice, now);
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
        voices.left(VOICE, now);
        link.left(120, now);
    }
}
