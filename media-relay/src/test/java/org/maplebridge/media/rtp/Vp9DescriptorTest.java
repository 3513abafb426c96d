package org.maplebridge.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maplebridge.media.wire.DropReason;

/// Vectors made by hand from the layouts of RFC 9628 §4.2.
class Vp9DescriptorTest {
    /// I, B, V; picture id 5; two resolutions with sizes (320 by 180, 640 by 360) and two pictures
    /// (one reference; temporal layer 1, switching point, two references).
    private static final String STRUCTURE = "8a 05 38 0140 00b4 0280 0168 02 04 01 38 01 02";

    /// I, P, L, F, B; picture id 5; references 1 and 2 pictures back.
    private static final String FLEXIBLE = "f8 05 02 03 04";

    @ParameterizedTest
    @CsvSource({
        "0c, 1", // B and E alone
        "88 2a, 2", // a picture id of 7 bits
        "88 92 34, 3", // of 15
        "ac 92 34 53 7f, 5", // layer indices and TL0PICIDX
        "bc 05 53, 3", // none of these in flexible mode
        "fc 05 53 02, 4", // one reference
        "f8 05 02 03 05 06, 6", // three of them
        "0a 00, 2", // a structure of nothing
        "0a 10 0140 00b4, 6", // of one size
        "0a 08 00, 3", // of no pictures
        STRUCTURE + ", 17",
        FLEXIBLE + ", 5",
    })
    void aDescriptorIsAsLongAsItsFlagsSay(String hex, int length) {
        byte[] payload = payload(hex);
        assertThat(Vp9Descriptor.length(payload, 0, payload.length)).isEqualTo(length);
        for (int cut = 1; cut <= length; cut++) {
            assertThat(Vp9Descriptor.length(payload, 0, cut))
                    .as("%d bytes of it, or nothing behind it", cut)
                    .isEqualTo(DropReason.MALFORMED.code());
        }
        byte[] inside = new byte[payload.length + 7];
        System.arraycopy(payload, 0, inside, 3, payload.length);
        assertThat(Vp9Descriptor.length(inside, 3, payload.length)).isEqualTo(length);
        assertThat(Vp9Descriptor.length(payload, 0, 0)).isEqualTo(DropReason.EMPTY.code());
    }

    @Test
    void fourReferencesAreNone() {
        byte[] payload = payload("f8 05 02 03 05 07 08");
        assertThat(Vp9Descriptor.length(payload, 0, payload.length))
                .isEqualTo(DropReason.MALFORMED.code());
    }

    @Test
    void itsFieldsAreRead() {
        byte[] layered = payload("ac 92 34 53 7f"); // temporal 2, switching, spatial 1, needs lower
        assertThat(Vp9Descriptor.startsFrame(layered, 0)).isTrue();
        assertThat(Vp9Descriptor.endsFrame(layered, 0)).isTrue();
        assertThat(Vp9Descriptor.resolution(layered, 0, layered.length)).isEqualTo(1);
        assertThat(Vp9Descriptor.needsLower(layered, 0, layered.length)).isTrue();
        assertThat(Vp9Descriptor.pictureId(layered, 0)).isEqualTo(0x1234);
        assertThat(Vp9Descriptor.pictureIdBits(layered, 0)).isEqualTo(15);
        assertThat(Vp9Descriptor.tl0PicIdxAt(layered, 0, layered.length)).isEqualTo(4);

        byte[] flexible = payload(FLEXIBLE);
        assertThat(Vp9Descriptor.endsFrame(flexible, 0)).isFalse();
        assertThat(Vp9Descriptor.resolution(flexible, 0, flexible.length)).isEqualTo(1);
        assertThat(Vp9Descriptor.needsLower(flexible, 0, flexible.length)).isFalse();
        assertThat(Vp9Descriptor.pictureId(flexible, 0)).isEqualTo(5);
        assertThat(Vp9Descriptor.pictureIdBits(flexible, 0)).isEqualTo(7);
        assertThat(Vp9Descriptor.tl0PicIdxAt(flexible, 0, flexible.length))
                .isEqualTo(Vp9Descriptor.ABSENT);

        byte[] bare = payload("04");
        assertThat(Vp9Descriptor.startsFrame(bare, 0)).isFalse();
        assertThat(Vp9Descriptor.pictureId(bare, 0)).isEqualTo(Vp9Descriptor.ABSENT);
        assertThat(Vp9Descriptor.resolution(bare, 0, bare.length)).isZero();
        assertThat(Vp9Descriptor.tl0PicIdxAt(bare, 0, bare.length)).isEqualTo(Vp9Descriptor.ABSENT);
    }

    @ParameterizedTest
    @CsvSource({
        "08, true",
        "00, false", // not its beginning
        "48, false", // refers to a picture before
        "a8 05 00 01, true",
        "a8 05 03 01, false", // the second resolution of such a picture
        STRUCTURE + ", true",
    })
    void aKeyFrameStartsWithTheLowestResolutionThatRefersToNothing(String hex, boolean starts) {
        byte[] payload = payload(hex);
        assertThat(Vp9Descriptor.startsKeyFrame(payload, 0, payload.length)).isEqualTo(starts);
    }

    @Test
    void garbageIsReadToNoHarm() {
        var random = new Random(9628);
        int sound = 0;
        for (int i = 0; i < 300_000; i++) {
            byte[] payload = new byte[random.nextInt(24)];
            random.nextBytes(payload);
            int length = Vp9Descriptor.length(payload, 0, payload.length);
            if (length < 0) {
                continue;
            }
            sound++;
            assertThat(length).isBetween(1, payload.length - 1);
            assertThat(Vp9Descriptor.resolution(payload, 0, payload.length)).isBetween(0, 7);
            assertThat(Vp9Descriptor.pictureId(payload, 0)).isBetween(-1, 0x7fff);
            assertThat(Vp9Descriptor.tl0PicIdxAt(payload, 0, payload.length))
                    .isBetween(-1, length - 1);
        }
        assertThat(sound).isGreaterThan(100_000);
    }

    /// @param hex of a descriptor, which a byte of a frame follows
    private static byte[] payload(String hex) {
        byte[] descriptor = HexFormat.of().parseHex(hex.replace(" ", ""));
        return Arrays.copyOf(descriptor, descriptor.length + 1);
    }
}
