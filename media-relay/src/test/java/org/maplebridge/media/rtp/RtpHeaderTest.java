package org.maplebridge.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maplebridge.media.wire.DropReason;

class RtpHeaderTest {
    private static final int MALFORMED = DropReason.MALFORMED.code();

    @Test
    void fieldsAreWhereTheDrawingPutsThem() {
        byte[] packet =
                hex("ffff 92 e0 fffe 80000001 decafbad 11111111 22222222 bede0001 10aa0000 5");
        int at = 2;
        int length = packet.length - at;

        assertThat(RtpHeader.validate(packet, at, length)).isEqualTo(28);
        assertThat(RtpHeader.marker(packet, at)).isTrue();
        assertThat(RtpHeader.payloadType(packet, at)).isEqualTo(0x60);
        assertThat(RtpHeader.sequence(packet, at)).isEqualTo(0xfffe);
        assertThat(RtpHeader.timestamp(packet, at)).isEqualTo(0x80000001);
        assertThat(RtpHeader.ssrc(packet, at)).isEqualTo(0xdecafbad);
        assertThat(RtpHeader.hasExtension(packet, at)).isTrue();
        assertThat(RtpHeader.hasPadding(packet, at)).isFalse();
        assertThat(RtpHeader.payloadLength(packet, at, length, 28)).isEqualTo(1);
    }

    @Test
    void patchesChangeNothingElse() {
        byte[] packet = hex("a0e1 0001 00000002 00000003 0000 0002");

        RtpHeader.setPayloadType(packet, 0, 100);
        RtpHeader.setSequence(packet, 0, 0xabcd);
        RtpHeader.setSsrc(packet, 0, 0x01020304);
        RtpHeader.clearPadding(packet, 0);

        assertThat(packet).isEqualTo(hex("80e4 abcd 00000002 01020304 0000 0002"));
    }

    /// Packet in the clear, header length or -1, bytes of payload or -1.
    @ParameterizedTest
    @CsvSource({
        "'', -1, -1",
        "80600001000000020000, -1, -1",
        "806000010000000200000003, 12, 0",
        "406000010000000200000003, -1, -1",
        "c06000010000000200000003, -1, -1",
        "816000010000000200000003, -1, -1",
        "906000010000000200000003, -1, -1",
        "906000010000000200000003bede0000, 16, 0",
        "906000010000000200000003bede0001, -1, -1",
        "906000010000000200000003bedeffff00000000, -1, -1",
        "a06000010000000200000003, 12, -1",
        "a0600001000000020000000300, 12, -1",
        "a0600001000000020000000301, 12, 0",
        "a0600001000000020000000302, 12, -1",
        "a06000010000000200000003aabb0003, 12, 1",
    })
    void lengthsThatDoNotAddUpAreMalformed(String packet, int headerLength, int payload) {
        byte[] data = hex(packet);

        int header = RtpHeader.validate(data, 0, data.length);

        assertThat(header).isEqualTo(headerLength < 0 ? MALFORMED : headerLength);
        if (header >= 0) {
            assertThat(RtpHeader.payloadLength(data, 0, data.length, header))
                    .isEqualTo(payload < 0 ? MALFORMED : payload);
        }
    }

    @Test
    void writtenHeadersAreReadBack() {
        MemorySegment memory = Arena.ofAuto().allocate(100);
        var writer = new RtpHeaderWriter(false);
        writer.begin(memory, 5, true, 111, 0x1fffe, 0xfffffff0, 0xdecafbad);
        writer.extension16(3, 0xbeef);
        writer.extension8(1, 0x85);
        writer.extension(4, new byte[] {'m', '1'});
        writer.extension8(0, 1); // not negotiated
        writer.extension8(15, 1); // not in this form
        writer.extension(5, new byte[17]);
        int length = writer.end();

        byte[] packet = memory.asSlice(5, length).toArray(ValueLayout.JAVA_BYTE);
        assertThat(packet).isEqualTo(hex("90ef fffe fffffff0 decafbad bede0002 31beef10 85416d31"));
        assertThat(RtpHeader.validate(packet, 0, length)).isEqualTo(length);
    }

    @Test
    void headersWithoutExtensionStayTwelveBytes() {
        MemorySegment memory = Arena.ofAuto().allocate(12);
        var writer = new RtpHeaderWriter(true);
        writer.begin(memory, 0, false, 96, 1, 2, 3);

        assertThat(writer.end()).isEqualTo(12);
        assertThat(memory.toArray(ValueLayout.JAVA_BYTE))
                .isEqualTo(hex("8060 0001 00000002 00000003"));
    }

    private static byte[] hex(String digits) {
        String plain = digits.replace(" ", "");
        return HexFormat.of().parseHex(plain.length() % 2 == 0 ? plain : plain + "0");
    }
}
