package org.maplebridge.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
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

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }
}
