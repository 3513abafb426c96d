package org.maplebridge.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpusPacketTest {
    /// First bytes, tenths of a millisecond; RFC 6716 table 2 and §3.2.
    @ParameterizedTest(name = "{0} sounds {1} tenths of a ms")
    @CsvSource({
        "00, 100", // SILK narrowband
        "08, 200",
        "10, 400",
        "18, 600",
        "48, 200", // SILK wideband
        "58, 600",
        "60, 100", // hybrid
        "68, 200",
        "78, 200",
        "80, 25", // CELT
        "88, 50",
        "90, 100",
        "98, 200",
        "f8, 200", // what browsers send
        "fc, 200", // stereo
        "79, 400", // two frames
        "7a, 400",
        "7b 03, 600", // as many as the second byte says
        "7b c6, 1200", // its upper bits say something else
        "83 30, 1200",
        "7b 07, 0", // 140 ms
        "5b 03, 0", // 180 ms
        "7b 00, 0", // no frame
        "7b, 0",
        "'', 0",
    })
    void theFirstBytesTellHowLongItSounds(String bytes, int tenthsOfMillis) {
        byte[] data = HexFormat.of().parseHex(("77" + bytes).replace(" ", ""));

        assertThat(OpusPacket.ticks(data, 1, data.length - 1)).isEqualTo(tenthsOfMillis * 48 / 10);
    }

    @Test
    void oneBitTellsStereo() {
        assertThat(OpusPacket.stereo(new byte[] {(byte) 0xfc}, 0)).isTrue();
        assertThat(OpusPacket.stereo(new byte[] {(byte) 0xf8}, 0)).isFalse();
    }
}
