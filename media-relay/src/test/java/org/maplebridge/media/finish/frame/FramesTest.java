package org.maplebridge.media.finish.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.maplebridge.media.rtp.OpusPacket;

class FramesTest {
    private static final byte[] KEY = {0x10, 0x00, 1, 2};
    private static final byte[] DELTA = {0x10, 0x01, 3};
    private static final byte[] MORE = {0x00, 9, 9};
    private static final int TICKS = 960;

    private long seq;

    @Test
    void aPictureIsItsPacketsWithoutTheirDescriptors() {
        var frames = new Vp8Frames();
        assertThat(frames.add(part(1, 0, false, KEY))).isNull();
        assertThat(frames.add(part(1, 0, false, new byte[0]))).isNull(); // stands for nothing
        Frame frame = Objects.requireNonNull(frames.add(part(1, 0, true, MORE)));
        assertThat(frame.key()).isTrue();
        assertThat(frame.data()).containsExactly(0, 1, 2, 9, 9);
    }

    @Test
    void whatLacksAPartIsLeftOutAndWhatFollowsIsNot() {
        var frames = new Vp8Frames();
        frames.add(part(1, 0, true, KEY));
        frames.add(part(1, 1, false, DELTA));
        seq++; // lost
        assertThat(frames.add(part(1, 1, true, MORE))).isNull();
        assertThat(frames.add(part(1, 2, true, DELTA))).isNotNull();
        assertThat(frames.leftOut()).isEqualTo(1);
    }

    @Test
    void anotherPublishersPicturesCountFromItsFirstKeyFrame() {
        var frames = new Vp8Frames();
        assertThat(frames.add(part(1, 0, true, DELTA))).isNull();
        assertThat(frames.add(part(1, 1, true, KEY))).isNotNull();
        assertThat(frames.add(part(2, 2, true, DELTA))).isNull();
        assertThat(frames.add(part(2, 3, true, KEY))).isNotNull();
        assertThat(frames.leftOut()).isEqualTo(2);
    }

    @Test
    void payloadsOfAnyContentMakeNoTrouble() {
        var random = new Random(4);
        for (FrameMaker maker :
                List.of(
                        new Vp8Frames(),
                        new H264Frames(),
                        new Vp9Frames(),
                        new Av1Frames(),
                        new SoundFrames())) {
            for (int i = 0; i < 200_000; i++) {
                byte[] payload = new byte[random.nextInt(20)];
                random.nextBytes(payload);
                Frame frame = maker.add(part(1, i / 3, random.nextBoolean(), payload));
                assertThat(frame == null || frame.stretch() == 1).isTrue();
            }
            assertThat(maker.setup()).hasSizeLessThan(100);
        }
    }

    @Test
    void latePacketsAreBroughtIntoOrderAndLostOnesNotWaitedForForEver() {
        var order = new PacketOrder();
        var came = new ArrayList<Long>();
        for (long number : new long[] {5, 6, 8, 7, 9, 11, 12}) {
            order.add(numbered(number, number)).forEach(part -> came.add(part.seq()));
        }
        order.add(numbered(13, 3_000_000_000L)).forEach(part -> came.add(part.seq()));
        order.end().forEach(part -> came.add(part.seq()));
        assertThat(came).containsExactly(5L, 6L, 7L, 8L, 9L, 11L, 12L, 13L);
        assertThat(order.lost()).isEqualTo(1);
        assertThat(order.add(numbered(10, 3_000_000_001L))).isEmpty();
    }

    @Test
    void soundHasNoGapsAndStaysAtItsMoment() {
        var out = new ArrayList<long[]>();
        var line =
                new SoundLine((at, packet) ->
                        out.add(new long[] {at, OpusPacket.ticks(packet, 0, packet.length)}));
        byte[] packet = {(byte) (31 << 3), 1}; // 20 ms
        for (long i = 0; i < 90_000; i++) { // half an hour by a microphone that is too fast
            if (i % 20 != 7 || i > 45_000) { // losses alone would take the drift up
                line.add((long) (i * TICKS / (1 + 200e-6)), packet);
            }
        }
        for (int i = 1; i < out.size(); i++) {
            assertThat(out.get(i)[0]).isEqualTo(out.get(i - 1)[0] + out.get(i - 1)[1]);
        }
        long end = out.getLast()[0];
        assertThat(end)
                .isBetween(
                        (long) (89_999 * TICKS / 1.0002) - 960,
                        (long) (89_999 * TICKS / 1.0002) + 960);
        assertThat(line.leftOut()).isPositive();
        assertThat(line.concealedTicks()).isBetween(44_000L * 48, 45_500L * 48);
    }

    private Part part(int stretch, long picture, boolean marker, byte[] payload) {
        return new Part(stretch, seq++, picture * 3_000, marker, 0, payload);
    }

    private static Part numbered(long number, long arrivalNanos) {
        return new Part(1, number, 0, true, arrivalNanos, new byte[1]);
    }
}
