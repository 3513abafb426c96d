package org.maplebridge.media.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Packets drawn by hand after the RFCs' pictures.
class RtcpReaderTest {
    @Test
    void reportsAndNamesOfACompoundAreHeardInOrder() {
        byte[] packet =
                hex(
                        "81c8000c 00000001 e5e1a2b3 80000000 000003e8 00000064 00002710"
                                + "0000002a 40ffffff 0001fffe 0000000c a2b38000 00010000"
                                + "81ca0004 00000001 0106 6d61706c6565 0000 0000"
                                + "82cb0002 00000001 00000002");

        assertThat(Transcript.of(packet))
                .containsExactly(
                        "3 packets",
                        "sr 1 ntp e5e1a2b380000000 rtp 3e8 sent 100, 10000",
                        "1 on 2a lost 64/256, -1 highest 1fffe jitter 12 lsr a2b38000 dlsr 10000",
                        "1 is maplee",
                        "bye 1",
                        "bye 2");
    }

    @Test
    void twoChunksWithSeveralItemsGiveTheirNames() {
        byte[] packet =
                hex(
                        "82ca0007 00000001 0202 7878 0101 61 00"
                                + "00000002 0103 626364 0601 7a 00 00 00 00");

        assertThat(Transcript.of(packet)).containsExactly("1 packets", "1 is a", "2 is bcd");
    }

    @Test
    void requestsOfAllKindsAreHeard() {
        byte[] packet =
                hex(
                        "80c90001 00000009"
                                + "81cd0004 00000009 0000002a fffe8001 00100000"
                                + "81ce0002 00000009 0000002a"
                                + "84ce0006 00000009 00000000 0000002a 07000000 0000002b ff000000"
                                + "8fce0005 00000009 00000000 52454d42 010fffff 0000002a");

        assertThat(Transcript.of(packet))
                .containsExactly(
                        "5 packets",
                        "9 nack 2a 65534 8001",
                        "9 nack 2a 16 0000",
                        "9 pli 2a",
                        "9 fir 2a 7",
                        "9 fir 2b 255",
                        "9 remb " + (0x3ffffL << 3));
    }

    @Test
    void absurdBitrateMeansNoLimit() {
        byte[] packet = hex("8fce0005 00000009 00000000 52454d42 01ffffff 0000002a");

        assertThat(Transcript.of(packet)).contains("9 remb " + Long.MAX_VALUE);
    }

    /// Base 65535, 4 packets, reference 1 × 64 ms: run of 2 small, vector of missing and large.
    @Test
    void transportFeedbackTellsEachPacketsFate() {
        byte[] packet =
                hex(
                        "8fcd0007 00000009 00000000 ffff0004 00000105 2002 c800 04ff fff0"
                                + "0000 0000");

        assertThat(Transcript.of(packet))
                .containsExactly(
                        "1 packets",
                        "9 feedback 5",
                        "65535 at 260",
                        "0 at 515",
                        "1 missing",
                        "2 at 499");
    }

    @Test
    void oneBitVectorsAndLongRunsAreUnderstood() {
        byte[] packet =
                hex("8fcd0006 00000009 00000000 0000 001e 00000001" + "0010 a801 01 02 03 00");

        assertThat(Transcript.of(packet))
                .hasSize(2 + 30)
                .contains("15 missing", "16 at 1")
                .doesNotContain("16 missing");
    }

    @Test
    void paddingOfTheLastPacketIsNotRead() {
        byte[] packet = hex("80c90001 00000009 a1cb0003 00000001 00000000 00000008");

        assertThat(Transcript.of(packet)).containsExactly("2 packets", "bye 1");
    }

    @ParameterizedTest
    @CsvSource({
        "1, afcd0005 00000001 00000000 00070001 00010a00 2001 04 01",
        "3, afcd0006 00000001 00000000 00070003 00010a00 2003 040404 000003",
        "4, afcd0006 00000001 00000000 00070004 00010a00 2004 04040404 0002",
    })
    void browsersFillArrivalFeedbackUpByOneToThreeBytes(int told, String packet) {
        byte[] twice = hex(packet + packet);

        assertThat(Transcript.of(twice)).hasSize(1 + 2 * (1 + told)).startsWith("2 packets");
    }

    @Test
    void foreignPacketsAreSkipped() {
        byte[] packet =
                hex("80cc0002 00000009 61626364 83cd0002 00000009 00000001 81cb0001 00000005");

        assertThat(Transcript.of(packet)).containsExactly("3 packets", "bye 5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "80",
                "80c900",
                "80c90001", // longer than the datagram
                "80c90001 00000009 80", // rest too short
                "80c90001 00000009 40c90000", // wrong version behind a right one
                "a1cb0001 00000000", // padding of nothing
                "a1cb0001 00000008", // padding over the header
                "80c9ffff 00000009",
            })
    void chainsThatDoNotAddUpSayNothing(String packet) {
        assertThat(Transcript.of(hex(packet))).containsExactly("malformed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9fc90001 00000009", // 31 blocks, none there
                "80c80001 00000009", // sender report without its middle
                "80c90000",
                "81cd0001 00000009", // NACK without medium
                "81cd0002 00000009 00000001", // without numbers
                "84ce0003 00000009 00000001 0000002a", // half an entry
                "8fce0003 00000009 00000000 52454d42", // REMB cut
                "8fcd0003 00000009 00000000 ffff0004", // feedback without reference time
                "8fce0005 00000009 00000000 52454d43 01000000 00000000", // no REMB
                "9fca0000", // 31 chunks, none there
                "81ca0002 00000001 01ff6161", // item over the end
                "81ca0002 00000001 02026161",
                "9fcb0000",
            })
    void liesInsideAPacketAreLeftOut(String packet) {
        assertThat(Transcript.of(hex(packet))).containsExactly("1 packets");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8fcd0004 00000009 00000000 ffff0004 00000100", // no chunks
                "8fcd0005 00000009 00000000 ffff0004 00000100 20040101", // deltas missing
                "8fcd0005 00000009 00000000 ffff0004 00000100 00000000", // empty runs
                "8fcd0008 00000009 00000000 0000ffff 00000100"
                        + "1fff1fff 1fff1fff 1fff1fff 1fff1fff", // keeps us busy
            })
    void feedbackThatPromisesMoreThanItHasIsMalformed(String packet) {
        assertThat(Transcript.of(hex(packet))).hasSize(3).contains("malformed");
    }

    @Test
    void roundTripComesFromTheReportBlock() {
        byte[] block = hex("00000001 00000000 00000000 00000000 00010000 00008000");

        assertThat(ReportBlock.roundTrip(block, 0, 0x0001_9000)).isEqualTo(0x1000);
        assertThat(ReportBlock.roundTrip(block, 0, 0x0001_7fff)).isZero();
        assertThat(ReportBlock.roundTrip(block, 0, 0x0000_0001)).isEqualTo(-1);
        assertThat(ReportBlock.roundTrip(new byte[24], 0, 5)).isEqualTo(-1);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }
}
