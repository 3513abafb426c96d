package org.maplebridge.signaling.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.GeoPoint;

/// The position that a camera writes, and everything else that anybody may write there.
class SaidPlaceTest {
    @Test
    void aPositionIsRead() {
        assertThat(SaidPlace.in(exif(28, 121))).contains(new GeoPoint(28, 121));
    }

    @Test
    void noPositionIsNone() {
        assertThat(SaidPlace.in(new byte[0])).isEmpty();
        assertThat(SaidPlace.in("MM\0*".getBytes(StandardCharsets.US_ASCII))).isEmpty();
        assertThat(SaidPlace.in(exif(0, 0))).as("where no satellite was heard").isEmpty();
        assertThat(SaidPlace.in(exif(91, 121))).isEmpty();
        assertThat(SaidPlace.in(exif(28, 200))).isEmpty();
        assertThat(SaidPlace.in(exif(28, Integer.MIN_VALUE))).isEmpty();
    }

    @Test
    void blocksThatPointAtEachOtherEnd() {
        byte[] exif = new byte[1 << 16];
        var block = ByteBuffer.wrap(exif);
        block.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(8);
        while (block.remaining() > 14) {
            block.putShort((short) 0x8825).putShort((short) 4).putInt(1).putInt(block.position());
        }
        assertThat(SaidPlace.in(exif)).isEmpty();
    }

    @Test
    void whateverComesIsReadWithoutHarm() {
        var random = new Random(5);
        byte[] whole = exif(28, 121);
        for (int round = 0; round < 40_000; round++) {
            byte[] changed = whole.clone();
            for (int changes = 1 + random.nextInt(8); changes > 0; changes--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            byte[] cut = Arrays.copyOf(changed, random.nextInt(changed.length + 1));
            SaidPlace.in(cut)
                    .ifPresent(place -> assertThat(Math.abs(place.latitude())).isLessThan(91));
            var noise = new byte[random.nextInt(400)];
            random.nextBytes(noise);
            SaidPlace.in(noise);
        }
    }

    /// TIFF, big-endian: one entry that points to four.
    private static byte[] exif(int latitude, int longitude) {
        var exif = ByteBuffer.allocate(128);
        exif.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(8);
        exif.putShort((short) 1);
        entry(exif, 0x8825, 4, 1).putInt(26);
        exif.putInt(0);
        exif.putShort((short) 4);
        entry(exif, 1, 2, 2).put((byte) 'N').put((byte) 0).putShort((short) 0);
        entry(exif, 2, 5, 3).putInt(80);
        entry(exif, 3, 2, 2).put((byte) 'E').put((byte) 0).putShort((short) 0);
        entry(exif, 4, 5, 3).putInt(104);
        exif.putInt(0);
        for (int degrees : new int[] {latitude, longitude}) {
            exif.putInt(degrees).putInt(1).putInt(0).putInt(1).putInt(0).putInt(1);
        }
        return exif.array();
    }

    private static ByteBuffer entry(ByteBuffer exif, int tag, int type, int count) {
        return exif.putShort((short) tag).putShort((short) type).putInt(count);
    }
}
