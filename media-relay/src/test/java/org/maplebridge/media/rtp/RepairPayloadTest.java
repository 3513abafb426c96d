package org.maplebridge.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maplebridge.media.wire.DropReason;

class RepairPayloadTest {
    private static final int SSRC = 0x0a0b0c0d;

    @Test
    void retransmissionsBecomeTheOriginal() {
        byte[] packet = hex("90e1 0007 00000002 0000ffff bede0001 10aa0000 abcd 010203");

        int length = Rtx.unwrap(packet, 0, packet.length, 20, SSRC, 96);

        byte[] original = Arrays.copyOfRange(packet, 2, 2 + length);
        assertThat(original).isEqualTo(hex("90e0 abcd 00000002 0a0b0c0d bede0001 10aa0000 010203"));
    }

    @Test
    void paddingIsLeftBehind() {
        byte[] packet = hex("a0e1 0007 00000002 0000ffff abcd 010203 000003");
        int payload = RtpHeader.payloadLength(packet, 0, packet.length, 12);

        int length = Rtx.unwrap(packet, 0, 12 + payload, 12, SSRC, 96);

        byte[] original = Arrays.copyOfRange(packet, 2, 2 + length);
        assertThat(original).isEqualTo(hex("80e0 abcd 00000002 0a0b0c0d 010203"));
    }

    @Test
    void retransmissionsWithoutPayloadAreDropped() {
        byte[] packet = hex("80e1 0007 00000002 0000ffff abcd");

        assertThat(Rtx.unwrap(packet, 0, 12, 12, SSRC, 96)).isEqualTo(DropReason.EMPTY.code());
        assertThat(Rtx.unwrap(packet, 0, 13, 12, SSRC, 96)).isEqualTo(DropReason.MALFORMED.code());
        assertThat(Rtx.unwrap(packet, 0, 14, 12, SSRC, 96)).isEqualTo(DropReason.EMPTY.code());
    }

    @Test
    void originalNumberGoesInFrontOfThePayload() {
        MemorySegment memory = Arena.ofAuto().allocate(8);

        assertThat(Rtx.putOriginalSequence(memory, 3, 0x1fedc)).isEqualTo(5);
        assertThat(memory.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(hex("000000fedc000000"));
    }

    /// Payload, primary's offset or -1, primary's payload type.
    @ParameterizedTest
    @CsvSource({
        "6f aabb, 1, 111", // primary alone
        "6f, 1, 111", // empty primary
        "ef 1e0002 6f 0102 aabb, 7, 111",
        "ef 3c0001 ef 1e0002 6f 01 0203 aabb, 12, 111",
        "ef 1e0000 70 aabb, 5, 112",
        "ef 1e0002 6f 01, -1, 0", // block runs over
        "ef 1e03ff 6f 0102, -1, 0",
        "ef 1e0002, -1, 0", // no primary head
        "ef, -1, 0",
        "'', -1, 0",
    })
    void primaryAudioIsFound(String payload, int offset, int payloadType) {
        byte[] data = hex(payload);
        int primary = Red.primaryOffset(data, 0, data.length);

        if (offset < 0) {
            assertThat(primary).isEqualTo(DropReason.MALFORMED.code());
            return;
        }
        assertThat(primary).isEqualTo(offset);
        assertThat(Red.primaryPayloadType(data, 0, data.length)).isEqualTo(payloadType);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }
}
