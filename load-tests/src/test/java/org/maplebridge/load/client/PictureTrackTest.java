package org.maplebridge.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureTrackTest {
    private final List<Long> shown = new ArrayList<>();
    private final PictureTrack track = new PictureTrack(shown::add);

    @Test
    void nothingIsShownBeforeAKeyFrame() {
        packet(1, true, false, true);
        packet(2, true, true, false);
        packet(3, false, false, true);
        packet(4, true, false, true);

        assertThat(shown).containsExactly(3L, 4L);
    }

    @Test
    void afterAGapNothingIsShownUntilTheNextKeyFrame() {
        packet(1, true, true, true);
        packet(3, true, false, true);
        packet(4, true, false, true);
        packet(5, true, true, true);

        assertThat(shown).containsExactly(1L, 5L);
    }

    @Test
    void aKeyFrameWithoutItsBeginningIsNone() {
        packet(1, false, false, true);
        packet(2, true, false, true);

        assertThat(shown).isEmpty();
    }

    @Test
    void whatComesTwiceCountsOnce() {
        packet(1, true, true, true);
        packet(1, true, true, true);

        assertThat(shown).containsExactly(1L);
    }

    private void packet(long sequence, boolean start, boolean key, boolean marker) {
        byte[] payload = {(byte) (start ? 0x10 : 0), (byte) (key ? 0 : 1), 0, 0};
        track.onPacket(sequence, marker, payload, 0, payload.length, sequence);
    }
}
