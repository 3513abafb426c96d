package org.maplebridge.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoPayloadTest {
    /// Payload, descriptor length or -1, picture id, TL0PICIDX, temporal layer.
    @ParameterizedTest
    @CsvSource({
        "10 00, 1, -1, -1, -1",
        "10, -1, -1, -1, -1",
        "90 00 ff, 2, -1, -1, -1",
        "90 80 11 00, 3, 17, -1, -1",
        "90 80 91 23 00, 4, 4387, -1, -1",
        "90 c0 7f 05 00, 4, 127, 5, -1",
        "90 e0 ffff 05 c0 00, 6, 32767, 5, 3",
        "90 a0 8000 40 00, 5, 0, -1, 1",
        "90 40 09 00, 3, -1, 9, -1",
        "90 20 80 00, 3, -1, -1, 2",
        "90 10 1f 00, 3, -1, -1, -1",
        "90 f0 ffff 05 c0, -1, 0, 0, 0",
        "90 80, -1, 0, 0, 0",
        "90 80 91, -1, 0, 0, 0",
        "90 80 91 23, -1, 0, 0, 0",
    })
    void vp8DescriptorsAreReadAndCutOnesRefused(
            String payload, int length, int pictureId, int tl0, int layer) {
        byte[] data = hex(payload);

        int descriptor = Vp8Descriptor.length(data, 0, data.length);

        if (length < 0) {
            assertThat(descriptor).isNegative();
            return;
        }
        assertThat(descriptor).isEqualTo(length);
        assertThat(Vp8Descriptor.pictureId(data, 0)).isEqualTo(pictureId);
        assertThat(Vp8Descriptor.temporalLayer(data, 0)).isEqualTo(layer);
        int tl0At = Vp8Descriptor.tl0PicIdxAt(data, 0);
        assertThat(tl0At < 0 ? -1 : data[tl0At]).isEqualTo((byte) tl0);
    }

    @ParameterizedTest
    @CsvSource({
        "10 f00000 9d012a 40010001, true",
        "90 80 01 f00000 9d012a 40010001, true",
        "30 f00000 9d012a 40010001, true",
        "00 f00000 9d012a 40010001, false", // not the frame's first packet
        "11 f00000 9d012a 40010001, false", // second partition
        "10 f10000 9d012a 40010001, false", // depends on earlier frames
        "10 f00000 9d012b 40010001, false", // no start code
        "10 f00000 9d012a 400100, false",
        "10 00, false",
        "10, false",
        "'', false",
        "90 ff, false",
    })
    void vp8KeyFramesAreSeen(String payload, boolean key) {
        byte[] data = hex(payload);

        assertThat(KeyFrames.startsVp8(data, 0, data.length)).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "67 42001f, true", // SPS
        "65 88, true", // IDR slice
        "61 88, false", // other slice
        "68 ce, false", // PPS alone
        "09 10, false", // delimiter
        "78 0002 6742 0002 68ce 0002 6588, true", // STAP-A with SPS
        "78 0002 0910 0002 6588, true",
        "78 0002 0910 0002 6188, false",
        "78 0000 6742, false", // empty unit
        "78 ffff 6742, false", // lying length
        "78 0002, false",
        "7c 85 00, true", // FU-A, start of IDR
        "7c 05 00, false", // its middle
        "7c 81 00, false", // start of another slice
        "7c, false",
        "e5 88, false", // forbidden bit
        "65, false",
        "'', false",
    })
    void h264KeyFramesAreSeen(String payload, boolean key) {
        byte[] data = hex(payload);

        assertThat(KeyFrames.startsH264(data, 0, data.length)).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "a8 8001 00 05 aa, true, B and no P of SID 0",
        "a8 8001 02 05 aa, false, of the next resolution",
        "a0 8001 00 05 aa, false, not its first packet",
        "e8 8001 00 05 aa, false, predicted",
        "88 8001 aa, true, without layer indices",
        "a8 8001 00 05, false, nothing behind the descriptor",
        "a8 80, false, cut off",
        "'', false, nothing",
    })
    void vp9KeyFramesAreSeen(String payload, boolean key, String why) {
        byte[] data = hex(payload);
        assertThat(KeyFrames.startsVp9(data, 0, data.length)).as(why).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "18 0a aa, true, N",
        "10 0a aa, false, no N",
        "98 0a aa, false, goes on from the packet before",
        "18, false, nothing behind the header",
        "'', false, nothing",
    })
    void av1KeyFramesAreSeen(String payload, boolean key, String why) {
        byte[] data = hex(payload);
        assertThat(KeyFrames.startsAv1(data, 0, data.length)).as(why).isEqualTo(key);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }
}
