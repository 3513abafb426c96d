package org.maplebridge.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtpExtensionsTest {
    private static final String HEADER = "906000010000000200000003";

    /// RFC 8285 §4.2's example: lengths 1, 2 (two bytes of padding), 4.
    @Test
    void oneByteElementsAreFound() {
        byte[] packet = packet("bede0003 10aa 21bbbb 0000 33cccccccc");

        assertThat(element(packet, 1)).isEqualTo("aa");
        assertThat(element(packet, 2)).isEqualTo("bbbb");
        assertThat(element(packet, 3)).isEqualTo("cccccccc");
        assertThat(element(packet, 4)).isEqualTo("none");
        assertThat(RtpExtensions.read8(packet, 0, 1)).isEqualTo(0xaa);
        assertThat(RtpExtensions.read16(packet, 0, 2)).isEqualTo(0xbbbb);
        assertThat(RtpExtensions.read16(packet, 0, 1)).isEqualTo(RtpExtensions.NOT_FOUND);
    }

    /// RFC 8285 §4.3's example, with application bits: lengths 0, 1, 4.
    @Test
    void twoByteElementsAreFound() {
        byte[] packet = packet("1007 0003 0100 0201bb 00 c804cccccccc");

        assertThat(element(packet, 1)).isEmpty();
        assertThat(element(packet, 2)).isEqualTo("bb");
        assertThat(element(packet, 200)).isEqualTo("cccccccc");
        assertThat(element(packet, 3)).isEqualTo("none");
        assertThat(RtpExtensions.read8(packet, 0, 1)).isEqualTo(RtpExtensions.NOT_FOUND);
    }

    @Test
    void reservedIdEndsTheSearch() {
        byte[] packet = packet("bede0002 10aa f0bb 20cc 0000");

        assertThat(element(packet, 1)).isEqualTo("aa");
        assertThat(element(packet, 2)).isEqualTo("none");
        assertThat(element(packet, 15)).isEqualTo("none");
    }

    @Test
    void elementsRunningOverTheEndAreNotFound() {
        assertThat(element(packet("bede0001 10aa 2fbb"), 1)).isEqualTo("aa");
        assertThat(element(packet("bede0001 10aa 2fbb"), 2)).isEqualTo("none");
        assertThat(element(packet("bede0001 0000 0020"), 2)).isEqualTo("none");
        assertThat(element(packet("1000 0001 0000 0002"), 2)).isEqualTo("none");
        assertThat(element(packet("1000 0001 0102 0000"), 1)).isEqualTo("0000");
        assertThat(element(packet("1000 0001 0103 0000"), 1)).isEqualTo("none");
    }

    @Test
    void otherProfilesAndPlainPacketsHaveNone() {
        assertThat(element(packet("abac0001 10aa10aa"), 1)).isEqualTo("none");
        byte[] plain = HexFormat.of().parseHex("806000010000000200000003bede000110aa0000");
        assertThat(RtpExtensions.find(plain, 0, 1)).isEqualTo(RtpExtensions.NOT_FOUND);
    }

    @Test
    void audioLevelSplitsIntoLoudnessAndVoice() {
        assertThat(AudioLevel.level(0x85)).isEqualTo(5);
        assertThat(AudioLevel.voice(0x85)).isTrue();
        assertThat(AudioLevel.level(0x7f)).isEqualTo(AudioLevel.SILENT);
        assertThat(AudioLevel.voice(0x7f)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsWrittenIsFound(boolean twoByteForm) {
        var random = new SplittableRandom(twoByteForm ? 1 : 2);
        MemorySegment memory = Arena.ofAuto().allocate(2_000);
        var writer = new RtpHeaderWriter(twoByteForm);
        for (int round = 0; round < 2_000; round++) {
            Map<Integer, byte[]> written = new TreeMap<>();
            int offset = random.nextInt(50);
            writer.begin(memory, offset, false, 96, 1, 2, 3);
            for (int i = random.nextInt(6); i > 0; i--) {
                int id = 1 + random.nextInt(twoByteForm ? 255 : 14);
                int shortest = twoByteForm ? 0 : 1;
                byte[] value = new byte[shortest + random.nextInt(twoByteForm ? 200 : 16)];
                random.nextBytes(value);
                if (written.putIfAbsent(id, value) == null) {
                    writer.extension(id, value);
                }
            }
            int length = writer.end();
            byte[] packet = memory.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);

            assertThat(length % 4).isZero();
            assertThat(RtpHeader.validate(packet, 0, length)).isEqualTo(length);
            written.forEach((id, value) ->
                    assertThat(element(packet, id)).isEqualTo(HexFormat.of().formatHex(value)));
        }
    }

    private static String element(byte[] packet, int id) {
        int found = RtpExtensions.find(packet, 0, id);
        if (found == RtpExtensions.NOT_FOUND) {
            return "none";
        }
        int at = RtpExtensions.position(0, found);
        return HexFormat.of()
                .formatHex(Arrays.copyOfRange(packet, at, at + RtpExtensions.length(found)));
    }

    private static byte[] packet(String extension) {
        byte[] packet = HexFormat.of().parseHex(HEADER + extension.replace(" ", ""));
        assertThat(RtpHeader.validate(packet, 0, packet.length)).isEqualTo(packet.length);
        return packet;
    }
}
