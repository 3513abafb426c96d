package org.maplebridge.media.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TalkTrackTest {
    private static final int FRAME = 960;

    private final OggOpusWriter writer = new OggOpusWriter(1);
    private final TalkTrack track = new TalkTrack(writer);
    private OggOpusReader.@Nullable Voice finished;

    @Test
    void packetsThatOvertookEachOtherAreInOrderAgain() {
        say(3, 1, 2, 4, 6, 5, 7);

        assertThat(numbers()).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(track.leftOut()).isZero();
    }

    @Test
    void whatNeverCameKeepsItsTime() {
        say(1, 2, 6, 7);

        assertThat(numbers()).containsExactly(1, 2, 6, 7);
        assertThat(at()).containsExactly(0, 1, 5, 6);
        assertThat(track.leftOut()).isZero();
    }

    @Test
    void aWaitForALatePacketEnds() {
        say(1, 2);
        for (int number = 4; number < 30; number++) {
            say(number);
        }
        say(3);

        assertThat(track.leftOut()).isOne();
        assertThat(numbers()).startsWith(1, 2, 4, 5).hasSize(28);
        assertThat(at()).startsWith(0, 1, 3, 4);
    }

    @Test
    void whatSettledWaitsForNothingBefore() {
        say(2, 4);
        track.settle(TalkTrack.LONGEST_WAIT_NANOS - 1);
        say(1);
        track.settle(TalkTrack.LONGEST_WAIT_NANOS);
        say(3);

        assertThat(numbers()).containsExactly(1, 2, 4);
        assertThat(track.leftOut()).isOne();
    }

    @Test
    void timestampsMayWrapAndBeginAnywhere() {
        for (int number = 0; number < 10; number++) {
            track.said(number, Integer.MAX_VALUE - 3 * FRAME + number * FRAME, payload(number), 0);
        }
        for (int number = 10; number < 20; number++) {
            track.said(number, Integer.MAX_VALUE - 3 * FRAME + number * FRAME, payload(number), 0);
        }

        assertThat(numbers()).hasSize(20);
        assertThat(at()).last().isEqualTo(19);
    }

    @Test
    void aPauseOfTheTalkerIsAPauseInTheFile() {
        track.said(1, 0, payload(1), 0);
        track.said(2, 5 * 48_000, payload(2), 0);
        track.said(3, 5 * 48_000 + FRAME + 50, payload(3), 0); // a little late: adds up
        track.said(4, 5 * 48_000 + 2 * FRAME + 120, payload(4), 0);

        assertThat(at()).containsExactly(0, 250, 251, 252);
        assertThat(read().ticks()).isEqualTo(5 * 48_000 + 3 * FRAME + 120);
    }

    @Test
    void packetsCloserThanTheySoundMakeNothingLaterForGood() {
        for (int number = 0; number < 5; number++) {
            track.said(number, number * FRAME / 2, payload(number), 0);
        }
        track.said(5, 10 * FRAME, payload(5), 0);

        assertThat(at()).containsExactly(0, 1, 2, 3, 4, 10);
    }

    @Test
    void whatIsNoOpusIsLeftOutAndKeepsItsTime() {
        track.said(0, 0, new byte[] {3}, 0); // before anything sounds
        say(1, 2);
        track.said(3, 3 * FRAME, new byte[0], 0);
        say(4);

        assertThat(numbers()).containsExactly(1, 2, 4);
        assertThat(at()).containsExactly(0, 1, 3);
        assertThat(track.leftOut()).isEqualTo(2);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anyOrderAndAnyTimesMakeAnOrderlyFile(long seed) {
        var random = new SplittableRandom(seed);
        long seq = 0;
        int timestamp = random.nextInt();
        for (int i = 0; i < 3_000; i++) {
            seq += random.nextInt(3);
            timestamp += random.nextInt(100) == 0 ? random.nextInt() : random.nextInt(3_000);
            byte[] payload = new byte[random.nextInt(40)];
            random.nextBytes(payload);
            track.said(seq - random.nextInt(12), timestamp, payload, i);
            if (random.nextInt(50) == 0) {
                track.settle(i + TalkTrack.LONGEST_WAIT_NANOS);
            }
            writer.take();
        }
        track.end();
        writer.end();

        assertThat(writer.ticks()).isPositive();
    }

    private void say(int... numbers) {
        for (int number : numbers) {
            track.said(number, number * FRAME, payload(number), 0);
        }
    }

    private static byte[] payload(int number) {
        return new byte[] {0x48, (byte) number, 1, 2};
    }

    /// Of everything said so far; nothing may be said afterwards.
    private OggOpusReader.Voice read() {
        OggOpusReader.Voice before = finished;
        if (before != null) {
            return before;
        }
        track.end();
        writer.end();
        var pages = writer.take();
        byte[] file = new byte[pages.remaining()];
        pages.get(file);
        finished = OggOpusReader.read(file);
        return finished;
    }

    private List<Integer> numbers() {
        return read().spoken().stream().map(packet -> packet[1] & 0xff).toList();
    }

    /// When each packet begins, in frames.
    private List<Integer> at() {
        return read().packets().stream()
                .filter(packet -> !packet.concealing())
                .map(packet -> (int) (packet.atTicks() / FRAME))
                .toList();
    }
}
