package org.maplebridge.media.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.maplebridge.media.api.Redundancy;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.sdp.MediaKind;

class OlderVoiceTest {
    private final PacketPool pool = new PacketPool();
    private final Line line = new Line(new SourceId("ann"), pool);
    private final Continuity numbers = new Continuity(8, 48_000, 0, 0);
    private final OlderVoice older = new OlderVoice(Redundancy.ALWAYS);

    OlderVoiceTest() {
        line.feed(MediaKind.AUDIO, 48_000);
        numbers.begin(0, 0, 1, 0);
    }

    @Test
    void theTwoBeforeGoAlongOldestFirst() {
        packet(0, 0, 60);
        packet(1, 960, 50);
        packet(2, 1_920, 40);

        assertThat(along(packet(3, 2_880, 30))).containsExactly(1L, 2L);
        assertThat(older.bytes()).isEqualTo(4 + 50 + 4 + 40 + 1);
    }

    @Test
    void whatIsMissingIsLeftOut() {
        packet(1, 960, 60);

        assertThat(along(packet(3, 2_880, 60))).containsExactly(1L);
        assertThat(along(packet(6, 5_760, 60))).isEmpty();
        assertThat(older.bytes()).isZero();
    }

    @Test
    void whatWasSaidBeforeTheListenerCameDoesNotGoAlong() {
        packet(0, 0, 60);
        packet(1, 960, 60);
        numbers.begin(2, 1_920, 1, 0);

        assertThat(along(packet(2, 1_920, 60))).isEmpty();
        assertThat(along(packet(3, 2_880, 60))).containsExactly(2L);
    }

    @Test
    void whatIsTooLongAgoForItsFieldDoesNotGoAlong() {
        packet(0, 0, 60);
        packet(1, 1, 60);

        assertThat(along(packet(2, 16_384, 60))).containsExactly(1L);
    }

    @Test
    void aBlockLongerThanItsFieldDoesNotGoAlong() {
        packet(0, 0, 1_023);
        packet(1, 960, 1_024);

        assertThat(along(packet(2, 1_920, 10))).containsExactly(0L);
    }

    @Test
    void nothingGoesAlongWhereTheDatagramWouldBeTooLong() {
        packet(0, 0, 100);
        packet(1, 960, 500);

        assertThat(along(packet(2, 1_920, 495))).containsExactly(1L);
        assertThat(along(packet(2, 1_920, 600))).isEmpty();
    }

    @Test
    void timeThatStandsStillOrTurnsBackDoesNotGoAlong() {
        packet(0, 1_920, 60);
        packet(1, 960, 60);

        assertThat(along(packet(2, 960, 60))).isEmpty();
    }

    private MediaPacket packet(long seq, int timestamp, int length) {
        MediaPacket packet = pool.take(length);
        packet.seq = seq;
        packet.timestamp = timestamp;
        packet.payloadLength = length;
        line.keep(packet);
        return packet;
    }

    private List<Long> along(MediaPacket packet) {
        older.choose(line, numbers, packet);
        return IntStream.range(0, older.count()).mapToObj(i -> older.packet(i).seq()).toList();
    }
}
