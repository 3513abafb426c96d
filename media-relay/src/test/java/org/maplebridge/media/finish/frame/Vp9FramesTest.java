package org.maplebridge.media.finish.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Payloads made by hand; what real encoders send is in the test of layered pictures.
class Vp9FramesTest {
    private static final int BEGINS = 0x08;
    private static final int ENDS = 0x04;
    private static final int PREDICTED = 0x40;
    private static final byte KEY = (byte) 0x82;
    private static final byte DELTA = (byte) 0x86;

    private long seq;

    @Test
    void aPictureOfOneResolutionIsItsPacketsWithoutTheirDescriptors() {
        var frames = new Vp9Frames();
        assertThat(frames.add(packet(0, false, BEGINS, 0, KEY, 1))).isNull();
        Frame frame = Objects.requireNonNull(frames.add(packet(0, true, ENDS, 0, 2, 3)));
        assertThat(frame.key()).isTrue();
        assertThat(frame.data()).containsExactly(KEY, 1, 2, 3);
        Frame next = frames.add(packet(1, true, PREDICTED | BEGINS | ENDS, 0, DELTA, 4));
        assertThat(Objects.requireNonNull(next).key()).isFalse();
    }

    /// Annex B of the bitstream specification: 0b110, bytes of a size less one, frames less one;
    /// sizes with the lowest byte first; the same again.
    @ParameterizedTest
    @CsvSource({"2, 3, 1, 0xc1", "2, 255, 1, 0xc1", "2, 256, 2, 0xc9", "3, 70000, 3, 0xd2"})
    void severalResolutionsBecomeASuperframe(int count, int length, int width, String marker) {
        var frames = new Vp9Frames();
        Frame frame = null;
        for (int i = 0; i < count; i++) {
            byte[] own = new byte[length - i];
            own[0] = KEY;
            int low = i == 0 ? 0 : 1;
            frame = frames.add(packet(0, i == count - 1, BEGINS | ENDS, i << 1 | low, own));
        }
        byte[] data = Objects.requireNonNull(frame).data();
        int index = data.length - 2 - count * width;
        int own = 0;
        for (int i = 0; i < count; i++) {
            int size = 0;
            for (int b = 0; b < width; b++) {
                size |= (data[index + 1 + i * width + b] & 0xff) << 8 * b;
            }
            assertThat(size).isEqualTo(length - i);
            own += size;
        }
        assertThat(own).isEqualTo(index);
        assertThat(data[index]).isEqualTo((byte) (int) Integer.decode(marker));
        assertThat(data[data.length - 1]).isEqualTo(data[index]);
    }

    @Test
    void whatLacksALowerResolutionIsLeftOut() {
        var frames = new Vp9Frames();
        assertThat(frames.add(packet(0, true, BEGINS | ENDS, 0, KEY, 1))).isNotNull();
        int lower = 1 << 1 | 1;
        assertThat(frames.add(packet(1, true, BEGINS | ENDS, lower, DELTA, 1))).isNull();
        int alone = 1 << 1;
        assertThat(frames.add(packet(2, true, PREDICTED | BEGINS | ENDS, alone, DELTA))).isNull();
        assertThat(frames.add(packet(3, true, BEGINS | ENDS, 0, KEY, 1))).isNotNull();
        assertThat(frames.add(packet(4, true, PREDICTED | BEGINS | ENDS, alone, DELTA)))
                .isNotNull();
        assertThat(frames.leftOut()).isEqualTo(2);
    }

    @Test
    void whatFollowsALostPacketIsLeftOutUpToTheNextKeyFrame() {
        var frames = new Vp9Frames();
        assertThat(frames.add(packet(0, true, BEGINS | ENDS, 0, KEY, 1))).isNotNull();
        seq++; // the first packet of picture 1
        assertThat(frames.add(packet(1, true, PREDICTED | ENDS, 0, 5, 5))).isNull();
        assertThat(frames.add(packet(2, true, PREDICTED | BEGINS | ENDS, 0, DELTA))).isNull();
        seq++; // picture 3
        assertThat(frames.add(packet(4, true, PREDICTED | BEGINS | ENDS, 0, DELTA))).isNull();
        assertThat(frames.add(packet(5, true, BEGINS | ENDS, 0, KEY, 1))).isNotNull();
        assertThat(frames.leftOut()).isEqualTo(3);
    }

    @Test
    void aPacketWithoutAPayloadStandsForNothing() {
        var frames = new Vp9Frames();
        assertThat(frames.add(packet(0, false, BEGINS, 0, KEY, 1))).isNull();
        assertThat(frames.add(empty(0, false))).isNull();
        assertThat(frames.add(packet(0, true, ENDS, 0, 2))).isNotNull();
        assertThat(frames.add(empty(0, true))).isNull();
        assertThat(frames.add(empty(1, false))).isNull();
        assertThat(frames.add(packet(1, true, PREDICTED | BEGINS | ENDS, 0, DELTA))).isNotNull();
        seq++;
        assertThat(frames.add(empty(2, false))).isNull();
        assertThat(frames.add(packet(2, true, PREDICTED | BEGINS | ENDS, 0, DELTA))).isNull();
        assertThat(frames.leftOut()).isEqualTo(1);
    }

    private Part empty(long picture, boolean marker) {
        return new Part(1, seq++, picture * 3_000, marker, 0, new byte[0]);
    }

    @Test
    void aPictureThatRefersToNothingAndIsNoKeyFrameIsNone() {
        var frames = new Vp9Frames();
        assertThat(frames.add(packet(0, true, BEGINS | ENDS, 0, DELTA, 1))).isNull();
    }

    private Part packet(long picture, boolean marker, int flags, int layer, int... own) {
        byte[] bytes = new byte[own.length];
        for (int i = 0; i < own.length; i++) {
            bytes[i] = (byte) own[i];
        }
        return packet(picture, marker, flags, layer, bytes);
    }

    private Part packet(long picture, boolean marker, int flags, int layer, byte[] own) {
        byte[] payload = new byte[3 + own.length];
        payload[0] = (byte) (0x20 | flags);
        payload[1] = (byte) layer;
        System.arraycopy(own, 0, payload, 3, own.length);
        return new Part(1, seq++, picture * 3_000, marker, 0, payload);
    }
}
