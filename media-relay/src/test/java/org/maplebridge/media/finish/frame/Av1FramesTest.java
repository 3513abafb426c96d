package org.maplebridge.media.finish.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Payloads made by hand; what real encoders send is in the test of layered pictures.
class Av1FramesTest {
    /// A browser's, its header in front: three resolutions (of which 0x27 begins to tell), level 4.
    private static final String OWN = "01 21 80 90 40 49 33 df c3 60 0d 00 40";

    private static final String SEQUENCE = "08 00 27 " + OWN;

    /// What files have where the lowest resolution is the only one.
    private static final String STORED = "0a 0f 00 21 " + OWN;

    private static final String KEY_PICTURE = STORED + " 32 04 10 aa bb cc";

    private final Av1Frames frames = new Av1Frames();
    private long seq;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "28 10" + SEQUENCE + "30 10 aa bb cc", // the last element without its size
                "08 10" + SEQUENCE + "05 30 10 aa bb cc", // each with its size
                "38 02 12 00 10" + SEQUENCE + "30 10 aa bb cc", // a temporal delimiter in front
                "28 11 0a 0f 00 27" + OWN + "32 04 10 aa bb cc", // units that say their sizes
                "08 9000" + SEQUENCE + "05 30 10 aa bb cc", // a size in more bytes than it needs
            })
    void elementsBecomeUnitsWithTheirSizes(String payload) {
        Frame frame = Objects.requireNonNull(add(0, true, payload));
        assertThat(frame.key()).isTrue();
        assertThat(frame.data()).isEqualTo(bytes(KEY_PICTURE));
        assertThat(frames.setup()).isEqualTo(bytes("81 04 0c 00" + STORED));
    }

    @Test
    void unitsGoOnFromPacketToPacket() {
        assertThat(add(0, false, "68 10" + SEQUENCE + "30 10")).isNull();
        assertThat(add(0, false, "d0 aa")).isNull();
        assertThat(add(0, true, "")).isNull(); // stands for nothing
        Frame frame = Objects.requireNonNull(add(0, true, "90 bb cc"));
        assertThat(frame.data()).isEqualTo(bytes(KEY_PICTURE));

        assertThat(add(1, false, "50 30 30")).isNull();
        Frame delta = Objects.requireNonNull(add(1, true, "a0 01 dd 30 ee"));
        assertThat(delta.key()).isFalse();
        assertThat(delta.data()).isEqualTo(bytes("32 02 30 dd 32 01 ee"));
    }

    @Test
    void resolutionsThatCameAreTold() {
        String layered = "08 10" + SEQUENCE + "04 34 00 10 aa 04 34 08 30 bb";
        byte[] data = Objects.requireNonNull(add(0, true, layered)).data();
        byte[] stored = bytes("0a 0f 00 23" + OWN + "36 00 02 10 aa 36 08 02 30 bb");
        assertThat(data).isEqualTo(stored);
        byte[] again = Objects.requireNonNull(add(1, true, "20 10" + SEQUENCE + "30 30 aa")).data();
        assertThat(again).startsWith(bytes("0a 0f 00 23")); // else decoders begin anew
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "90 dd", // goes on with nothing
                "50 30 30 dd", // goes on behind the picture
                "10", // nothing in it
                "20 00 30 30", // an element of nothing
                "20 05 30 30", // longer than the payload
                "20 03 30 30 dd", // one element too few
                "00 80 80 80 80 80 80 80 80 01 30", // a size of nine bytes
                "10 b0 30 dd", // a forbidden bit
                "10 32 03 30 dd", // a unit that says another size than it has
                "10 34", // an extension that is not there
                "20 03 08 ff ff 30 30", // a sequence header that ends too early
            })
    void whatIsBrokenIsLeftOutWithAllThatBuildsOnIt(String broken) {
        assertThat(add(0, true, "28 10" + SEQUENCE + "30 10 aa")).isNotNull();
        assertThat(add(1, true, "10 30 30 dd")).isNotNull();
        assertThat(add(2, true, broken)).isNull();
        assertThat(add(3, true, "10 30 30 dd")).isNull();
        assertThat(add(4, true, "28 10" + SEQUENCE + "30 10 aa")).isNotNull();
        assertThat(add(5, true, "10 30 30 dd")).isNotNull();
        assertThat(frames.leftOut()).isEqualTo(2);
    }

    @Test
    void aPictureWhoseFirstPacketIsLostIsNoKeyFrame() {
        seq++; // with the sequence header
        assertThat(add(0, true, "10 30 10 aa")).isNull();
        assertThat(add(1, true, "28 10" + SEQUENCE + "30 30 aa")).isNull(); // no key frame with it
        assertThat(add(2, true, "28 10" + SEQUENCE + "30 90 aa")).isNull(); // an earlier one again
        assertThat(frames.setup()).isEmpty();
        assertThat(frames.leftOut()).isEqualTo(3);
    }

    private @Nullable Frame add(long picture, boolean marker, String hex) {
        return frames.add(new Part(1, seq++, picture * 3_000, marker, 0, bytes(hex)));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
