package org.maplebridge.media.rtp.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.maplebridge.media.simulation.DependencyBytes;

class DependencyDescriptorTest {
    /// A key picture's first packet of three resolutions with three rates each, as Chromium sends
    /// it (known from the tests of several open servers). It ends with the sizes of the
    /// resolutions.
    private static final byte[] PUBLISHED =
            HexFormat.of()
                    .parseHex(
                            "c1017280081485214eafffaaaa863cf0430c10c302afc0aaa0063c00430010c002a000"
                                    + "a80006000040001d954926e082b04a0941b820ac1282503157f974000ca864"
                                    + "330e222222eca8655304224230eca877530077004200ef008601df010d");

    private final DependencyDescriptor descriptor = new DependencyDescriptor();

    @Test
    void aPublishedOneIsUnderstoodToItsLastBit() {
        assertThat(read(PUBLISHED)).isTrue();
        assertThat(descriptor.endsFrame()).isTrue();
        assertThat(descriptor.resolution()).isZero();
        for (int resolution = 0; resolution < 3; resolution++) {
            assertThat(descriptor.isFor(descriptor.targetOf(resolution))).isTrue();
        }
        assertThat(descriptor.targetOf(3)).isNegative();
        assertThat(read(Arrays.copyOf(PUBLISHED, PUBLISHED.length - 1))).isFalse();
    }

    @Test
    void aKeyPictureIsForAllAndAnotherForItsResolutionAlone() {
        for (int resolutions = 1; resolutions <= 3; resolutions++) {
            for (boolean key : new boolean[] {true, false}) {
                for (int resolution = 0; resolution < resolutions; resolution++) {
                    byte[] bytes =
                            DependencyBytes.of(
                                    resolutions, 60, resolution, key, true, false, 65_535);
                    assertThat(read(bytes)).isTrue();
                    assertThat(descriptor.resolution()).isEqualTo(resolution);
                    assertThat(descriptor.endsFrame()).isFalse();
                    for (int shown = 0; shown < 3; shown++) {
                        boolean needed = key ? shown >= resolution : shown == resolution;
                        assertThat(descriptor.isFor(descriptor.targetOf(shown)))
                                .as("%d of %d for %d", resolution, resolutions, shown)
                                .isEqualTo(needed && shown < resolutions);
                    }
                }
            }
        }
    }

    @Test
    void whatBelongsToNoStructureIsNotUnderstood() {
        assertThat(read(DependencyBytes.of(3, 0, 1, false, true, true, 7))).isFalse();
        assertThat(read(DependencyBytes.of(3, 0, 0, true, true, true, 7))).isTrue();
        assertThat(read(DependencyBytes.of(3, 0, 1, false, true, true, 8))).isTrue();
        assertThat(read(DependencyBytes.of(3, 6, 1, false, true, true, 9)))
                .as("of a structure that was lost")
                .isFalse();
        assertThat(read(DependencyBytes.of(3, 0, 2, false, true, true, 8))).isTrue();
    }

    @Test
    void garbageIsRefusedAndNeverThrows() {
        var random = new SplittableRandom(4);
        byte[] good = DependencyBytes.of(3, 0, 0, true, true, true, 1);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = i % 2 == 0 ? good.clone() : PUBLISHED.clone();
            for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            if (!read(bytes)) {
                refused++;
            } else {
                assertThat(descriptor.resolution()).isBetween(0, 3);
                assertThat(descriptor.targetOf(2)).isBetween(-1, 31);
            }
        }
        assertThat(refused).isGreaterThan(5_000);
    }

    private boolean read(byte[] bytes) {
        byte[] packet = new byte[bytes.length + 9]; // nothing behind it may be read
        Arrays.fill(packet, (byte) 0xff);
        System.arraycopy(bytes, 0, packet, 5, bytes.length);
        return descriptor.read(packet, 5, bytes.length);
    }
}
