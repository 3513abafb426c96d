package org.maplebridge.media.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.maplebridge.media.forward.Activity.News;
import org.maplebridge.media.sdp.MediaKind;

class ActivityTest {
    private static final long MILLI = 1_000_000L;

    private final Activity voice = new Activity(MediaKind.AUDIO);
    private final List<String> told = new ArrayList<>();

    @Test
    void voiceStartsAndIsToldEveryHalfSecond() {
        packets(0, 1_100, false);

        assertThat(told).containsExactly("0 STARTED", "500 GOES_ON", "1000 GOES_ON");
    }

    @Test
    void digitalSilenceAloneNeverStarts() {
        packets(0, 3_000, true);

        assertThat(told).isEmpty();
        assertThat(voice.end()).isEqualTo(News.NONE);
    }

    @Test
    void voiceThatTurnsIntoDigitalSilenceStalls() {
        packets(0, 200, false);
        packets(200, 1_500, true);

        assertThat(told).containsExactly("0 STARTED", "680 STALLED");
    }

    @Test
    void voiceAfterSilenceStartsAgain() {
        packets(0, 200, false);
        packets(200, 1_000, true);
        packets(1_000, 1_200, false);

        assertThat(told).containsExactly("0 STARTED", "680 STALLED", "1000 STARTED");
    }

    @Test
    void aShortSilenceBetweenWordsIsNoNews() {
        packets(0, 300, false);
        packets(300, 700, true);
        packets(700, 900, false);

        assertThat(told).containsExactly("0 STARTED", "700 GOES_ON");
    }

    @Test
    void nothingAtAllStallsToo() {
        packets(0, 20, false);
        looks(20, 2_000);

        assertThat(told).containsExactly("0 STARTED", "500 STALLED");
    }

    @Test
    void silentPacketsStillCountAsPackets() {
        assertThat(voice.silentNanos(0)).isNegative();
        packets(0, 1_000, true);

        assertThat(voice.silentNanos(1_000 * MILLI)).isEqualTo(20 * MILLI);
    }

    @Test
    void picturesStallAfterASecond() {
        var picture = new Activity(MediaKind.VIDEO);
        picture.packet(false, 0);

        assertThat(picture.look(999 * MILLI)).isEqualTo(News.NONE);
        assertThat(picture.look(1_000 * MILLI)).isEqualTo(News.STALLED);
    }

    private void packets(int fromMillis, int toMillis, boolean silent) {
        for (int at = fromMillis; at < toMillis; at += 20) {
            note(at, voice.packet(silent, at * MILLI));
            note(at, voice.look(at * MILLI));
        }
    }

    private void looks(int fromMillis, int toMillis) {
        for (int at = fromMillis; at < toMillis; at += 20) {
            note(at, voice.look(at * MILLI));
        }
    }

    private void note(int atMillis, News news) {
        if (news != News.NONE) {
            told.add(atMillis + " " + news);
        }
    }
}
