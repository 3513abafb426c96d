package org.maplebridge.media.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.sdp.MediaKind;

class PreRollTest {
    private static final long MILLI = 1_000_000L;
    private static final long START = 50_000 * MILLI;

    private final PacketPool pool = new PacketPool();
    private final Line line = new Line(new SourceId("ann"), pool);

    PreRollTest() {
        line.feed(MediaKind.AUDIO, 48_000);
    }

    @Test
    void beginsWithTheFirstPacketAfterTheKeyWentDown() {
        voice(0, 0, 20, 40, 60);

        assertThat(run(20, 60)).containsExactly(1L, 2L, 3L);
        assertThat(run(21, 60)).containsExactly(2L, 3L);
        assertThat(run(61, 60)).isEmpty();
        assertThat(PreRoll.of(line, Long.MAX_VALUE, START)).isEmpty();
        assertThat(PreRoll.of(line, Long.MAX_VALUE, -START)).isEmpty();
    }

    @Test
    void isEmptyBeforeTheFirstPacket() {
        assertThat(run(0, 100)).isEmpty();
        assertThat(PreRoll.of(new Line(new SourceId("bob"), pool), 0, 100)).isEmpty();
    }

    @Test
    void reachesTwoSecondsBackAtMost() {
        voice(0, 0, 150, 300, 450, 600, 750, 900, 1_050, 1_200, 1_350, 1_500, 1_650, 1_800, 1_950);

        assertThat(run(0, 2_000)).hasSize(14).startsWith(0L);
        assertThat(run(0, 2_150)).startsWith(1L);
        assertThat(run(0, 4_500)).isEmpty();
    }

    @Test
    void goesNotBeyondAPause() {
        voice(0, 0, 20, 219, 239, 439, 459);

        assertThat(run(0, 460)).containsExactly(4L, 5L);
    }

    @Test
    void whatTheNetworkHeldUpIsNoPause() {
        voice(0, 0, 20);
        packet(2, 400, 40, 30);
        packet(3, 401, 60, 30);

        assertThat(run(0, 401)).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void stepsOverPacketsThatAreMissing() {
        voice(0, 0, 20);
        voice(4, 80, 100);

        assertThat(run(0, 100)).containsExactly(0L, 1L, 4L, 5L);
    }

    @Test
    void aPacketThatCameLateMakesNoPause() {
        voice(0, 0);
        voice(2, 40, 60);
        packet(1, 300, 20, 30); // repaired
        voice(4, 80);

        assertThat(run(0, 300)).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void endsAtDigitalSilenceWhateverTheVoiceBitSays() {
        voice(0, 0, 20);
        packet(2, 40, 127);
        packet(3, 60, 126);
        voice(4, 80);

        assertThat(run(0, 80)).containsExactly(3L, 4L);
        packet(5, 100, 0x80 | 127);
        assertThat(run(0, 100)).isEmpty();
    }

    @Test
    void takesPacketsWithoutALevelForVoice() {
        packet(0, 0, MediaPacket.NO_AUDIO_LEVEL);
        packet(1, 20, MediaPacket.NO_AUDIO_LEVEL);

        assertThat(run(0, 20)).containsExactly(0L, 1L);
    }

    @Test
    void pixelsAreNoVoice() {
        line.feed(MediaKind.VIDEO, 90_000);
        voice(line.head() + 1, 0, 20);

        assertThat(run(0, 20)).isEmpty();
    }

    private void voice(long firstSeq, long... arrivalMillis) {
        for (int i = 0; i < arrivalMillis.length; i++) {
            packet(firstSeq + i, arrivalMillis[i], 30);
        }
    }

    private void packet(long seq, long arrivalMillis, int level) {
        packet(seq, arrivalMillis, arrivalMillis, level);
    }

    private void packet(long seq, long arrivalMillis, long mediaMillis, int level) {
        MediaPacket packet = pool.take(20);
        packet.seq = seq;
        packet.timestamp = (int) (mediaMillis * 48);
        packet.arrivalNanos = START + arrivalMillis * MILLI;
        packet.audioLevel = level;
        assertThat(line.keep(packet)).isTrue();
    }

    private List<Long> run(long sinceMillis, long nowMillis) {
        return PreRoll.of(line, START + sinceMillis * MILLI, START + nowMillis * MILLI).stream()
                .map(MediaPacket::seq)
                .toList();
    }
}
