package org.maplebridge.media.rtcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtcpWriterTest {
    private final MemorySegment memory = Arena.ofAuto().allocate(1_400);
    private final RtcpWriter writer = new RtcpWriter();

    @Test
    void compoundsAreDrawnAsInTheRfc() {
        writer.begin(memory, 3);
        writer.senderReport(1, 0xe5e1a2b380000000L, 1_000, 100, 10_000);
        writer.reportBlock(0x2a, RtcpWriter.lost(64, -1), 0x1fffe, 12, 0xa2b38000, 0x10000);
        writer.cname(1, "maplee".getBytes(UTF_8));

        assertThat(written(3))
                .isEqualTo(
                        HexFormat.of()
                                .parseHex(
                                        "81c8000c00000001e5e1a2b380000000000003e80000006400002710"
                                                + "0000002a40ffffff0001fffe0000000ca2b3800000010000"
                                                + "81ca00040000000101066d61706c656500000000"));
    }

    @Test
    void everythingWrittenIsHeard() {
        writer.begin(memory, 0);
        writer.receiverReport(9);
        writer.reportBlock(7, RtcpWriter.lost(300, 1L << 40), 5, 6, 7, 8);
        writer.reportBlock(8, RtcpWriter.lost(-1, -(1L << 40)), 5, 6, 7, 8);
        writer.cname(9, "n".repeat(255).getBytes(UTF_8));
        writer.nack(9, 7, new int[] {65_530, 65_535, 0, 10, 11, 27, 28}, 1, 7);
        writer.pictureLoss(9, 7);
        writer.fullIntraRequest(9, 7, 0x1ff);
        writer.bye(9);

        assertThat(Transcript.of(written(0)))
                .containsExactly(
                        "6 packets",
                        "9 on 7 lost 255/256, 8388607 highest 5 jitter 6 lsr 7 dlsr 8",
                        "9 on 8 lost 0/256, -8388608 highest 5 jitter 6 lsr 7 dlsr 8",
                        "9 is " + "n".repeat(255),
                        "9 nack 7 65535 0c01",
                        "9 nack 7 27 0001",
                        "9 pli 7",
                        "9 fir 7 255",
                        "bye 9");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void namesOfAllLengthsEndOnAWord(int length) {
        writer.begin(memory, 0);
        writer.receiverReport(1);
        memory.fill((byte) 0xff); // whatever the last packet left
        writer.begin(memory, 0);
        writer.cname(1, "x".repeat(length).getBytes(UTF_8));
        writer.bye(2);

        assertThat(Transcript.of(written(0)))
                .containsExactly("2 packets", "1 is " + "x".repeat(length), "bye 2");
    }

    @Test
    void blocksOnlyFollowAReport() {
        writer.begin(memory, 0);
        assertThat(writer.reportBlock(1, 2, 3, 4, 5, 6)).isFalse();
        writer.receiverReport(1);
        writer.bye(1);
        assertThat(writer.reportBlock(1, 2, 3, 4, 5, 6)).isFalse();
    }

    @Test
    void aReportHoldsThirtyOneBlocks() {
        writer.begin(memory, 0);
        writer.receiverReport(1);
        for (int i = 0; i < 31; i++) {
            assertThat(writer.reportBlock(i, 0, 0, 0, 0, 0)).isTrue();
        }
        assertThat(writer.reportBlock(31, 0, 0, 0, 0, 0)).isFalse();
        assertThat(Transcript.of(written(0))).hasSize(32);
    }

    @Test
    void nothingIsWrittenBeyondTheLimit() {
        int[] many = new int[600];
        for (int i = 0; i < many.length; i++) {
            many[i] = i * 20;
        }
        writer.begin(memory, 0);
        int taken = writer.nack(1, 2, many, 0, many.length);

        assertThat(taken).isEqualTo((RtcpWriter.MAX_LENGTH - 12) / 4);
        assertThat(writer.length()).isEqualTo(RtcpWriter.MAX_LENGTH);
        assertThat(writer.bye(1)).isFalse();
        assertThat(writer.pictureLoss(1, 2)).isFalse();
        assertThat(writer.fullIntraRequest(1, 2, 3)).isFalse();
        assertThat(writer.maximumBitrate(1, 100_000, 2)).isFalse();
        assertThat(writer.streamLimit(1, 2, 100_000)).isFalse();
        assertThat(writer.receiverReport(1)).isFalse();
        assertThat(writer.senderReport(1, 2, 3, 4, 5)).isFalse();
        assertThat(writer.cname(1, new byte[1])).isFalse();
        assertThat(writer.nack(1, 2, many, taken, many.length)).isZero();
        assertThat(writer.length()).isEqualTo(RtcpWriter.MAX_LENGTH);
    }

    @ParameterizedTest(name = "{0} bit/s")
    @ValueSource(longs = {0, 1, 150_000, 262_143, 262_144, 1_234_567, 20_000_000, 1L << 50})
    void aMaximumBitrateIsReadAsWrittenButForItsLastDigits(long bitsPerSecond) {
        writer.begin(memory, 0);
        assertThat(writer.maximumBitrate(9, bitsPerSecond, 2)).isTrue();
        byte[] packet = written(0);
        List<Long> heard = new ArrayList<>();
        RtcpReader.read(
                packet,
                0,
                packet.length,
                new RtcpVisitor() {
                    @Override
                    public void estimatedMaximumBitrate(int senderSsrc, long rate) {
                        assertThat(senderSsrc).isEqualTo(9);
                        heard.add(rate);
                    }
                });

        assertThat(packet).hasSize(24);
        assertThat(heard).hasSize(1);
        assertThat(heard.getFirst())
                .isBetween(bitsPerSecond - bitsPerSecond / 131_072, bitsPerSecond);
    }

    @ParameterizedTest(name = "{0} bit/s")
    @ValueSource(longs = {0, 1, 131_071, 131_072, 500_000, 1_234_567, 20_000_000, 1L << 50})
    void aStreamsLimitIsReadAsWrittenButForItsLastDigits(long bitsPerSecond) {
        writer.begin(memory, 0);
        assertThat(writer.streamLimit(9, 0xabcd, bitsPerSecond)).isTrue();
        byte[] packet = written(0);
        List<Long> heard = new ArrayList<>();
        RtcpReader.read(
                packet,
                0,
                packet.length,
                new RtcpVisitor() {
                    @Override
                    public void streamLimit(int senderSsrc, int mediaSsrc, long rate) {
                        assertThat(senderSsrc).isEqualTo(9);
                        assertThat(mediaSsrc).isEqualTo(0xabcd);
                        heard.add(rate);
                    }
                });

        assertThat(packet).hasSize(20);
        assertThat(heard).hasSize(1);
        assertThat(heard.getFirst())
                .isBetween(bitsPerSecond - bitsPerSecond / 65_536, bitsPerSecond);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void askedForPacketsAreTheOnesHeard(long seed) {
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 500; round++) {
            int[] wanted = new int[1 + random.nextInt(100)];
            int next = random.nextInt(65_536);
            for (int i = 0; i < wanted.length; i++) {
                wanted[i] = next & 0xffff;
                next += 1 + (random.nextInt(4) == 0 ? random.nextInt(100) : random.nextInt(3));
            }
            writer.begin(memory, 0);
            assertThat(writer.nack(1, 2, wanted, 0, wanted.length)).isEqualTo(wanted.length);
            List<Integer> heard = new ArrayList<>();
            byte[] packet = written(0);
            RtcpReader.read(packet, 0, packet.length, collector(heard));

            assertThat(heard.stream().mapToInt(Integer::intValue).toArray()).isEqualTo(wanted);
        }
    }

    private static RtcpVisitor collector(List<Integer> heard) {
        return new RtcpVisitor() {
            @Override
            public void nack(int senderSsrc, int mediaSsrc, int firstSeq16, int bitmask) {
                heard.add(firstSeq16);
                for (int bit = 0; bit < 16; bit++) {
                    if ((bitmask >> bit & 1) != 0) {
                        heard.add((firstSeq16 + bit + 1) & 0xffff);
                    }
                }
            }
        };
    }

    private byte[] written(long offset) {
        return memory.asSlice(offset, writer.length()).toArray(ValueLayout.JAVA_BYTE);
    }
}
