package org.maplebridge.media.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.rtcp.RtcpReader;
import org.maplebridge.media.rtcp.RtcpVisitor;
import org.maplebridge.media.rtcp.RtcpWriter;
import org.maplebridge.media.rtcp.TransportFeedback;

class ArrivalLogTest {
    private static final long MILLI = 1_000_000;

    private final MemorySegment memory = Arena.ofAuto().allocate(1_400);
    private final RtcpWriter writer = new RtcpWriter();
    private final ArrivalLog log = new ArrivalLog();

    @Test
    void feedbackIsDrawnAsInTheDraft() {
        long start = 77 * MILLI;
        log.record(65_535, start);
        log.record(0, start + 64 * MILLI);
        log.record(2, start + 63 * MILLI);

        assertThat(feedback())
                .isEqualTo(
                        HexFormat.of()
                                .parseHex(
                                        "8fcd0006000000010000000"
                                                + "2ffff000400000000" // base, count, reference
                                                + "d880" // small, large, missing, large
                                                + "000100" // 0, 256
                                                + "fffc00")); // -4
        assertThat(log.hasNews()).isFalse();
    }

    @Test
    void silenceIsNotReported() {
        assertThat(log.hasNews()).isFalse();
        writer.begin(memory, 0);
        assertThat(log.writeFeedback(writer, 1, 2)).isFalse();
        assertThat(writer.length()).isZero();
    }

    @Test
    void steadyArrivalsNeedOneRun() {
        for (int i = 0; i < 100; i++) {
            log.record(i, i * MILLI);
        }

        assertThat(feedback()).hasSize(20 + 2 + 100 + 2);
    }

    @Test
    void countersRiseWithEachFeedback() {
        for (int i = 0; i < 300; i++) {
            log.record(i, i * MILLI);
            assertThat(TransportFeedback.feedbackCount(feedback(), 0)).isEqualTo(i & 0xff);
        }
    }

    @Test
    void theFirstArrivalOfANumberCounts() {
        log.record(5, 0);
        log.record(5, 100 * MILLI);

        assertThat(fates()).containsExactly("5 at 0");
        log.record(5, 200 * MILLI);
        assertThat(log.hasNews()).isFalse();
    }

    @Test
    void latecomersAreToldOfAgain() {
        log.record(10, 0);
        log.record(12, MILLI);
        assertThat(fates()).containsExactly("10 at 0", "11 missing", "12 at 4");

        log.record(11, 2 * MILLI);

        assertThat(fates()).containsExactly("11 at 8", "12 at 4");
    }

    @Test
    void leapsForgetWhatWasBefore() {
        log.record(10, 0);
        log.record(10 + ArrivalLog.CAPACITY, MILLI);
        assertThat(fates()).containsExactly((10 + ArrivalLog.CAPACITY) + " at 4");

        log.record(10, 2 * MILLI);
        assertThat(log.hasNews()).isFalse();
    }

    @Test
    void longSilenceStartsAnotherFeedback() {
        log.record(0, 0);
        log.record(1, 60_000 * MILLI);

        assertThat(fates()).containsExactly("0 at 0");
        assertThat(fates()).containsExactly("1 at 240000");
        assertThat(log.hasNews()).isFalse();
    }

    @Test
    void referenceTimeGoesRoundAfterTwelveDays() {
        long round = (1L << 24) * 64 * MILLI;
        log.record(0, 0);
        assertThat(fates()).containsExactly("0 at 0");

        log.record(1, round - MILLI);
        log.record(2, round + MILLI);
        assertThat(fates()).containsExactly("1 at " + ((1L << 32) - 4), "2 at " + ((1L << 32) + 4));
        log.record(3, round + 2 * MILLI);
        assertThat(fates()).containsExactly("3 at 8");
    }

    @Test
    void aClockBelowZeroIsAsGood() {
        log.record(0, Long.MIN_VALUE + 5);
        log.record(1, Long.MIN_VALUE + 5 + MILLI);

        assertThat(fates()).containsExactly("0 at 0", "1 at 4");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 64, 100, 333})
    void whatDoesNotFitGoesToTheNextFeedback(int limit) {
        var random = new SplittableRandom(limit);
        TreeMap<Integer, Long> sent = new TreeMap<>();
        long at = 0;
        for (int seq = 0; seq < 1_000; seq++) {
            at += random.nextInt(200);
            if (random.nextInt(3) > 0) {
                sent.put(seq, at);
                log.record(seq, at * MILLI);
            }
        }
        TreeMap<Integer, Long> told = new TreeMap<>();
        while (log.hasNews()) {
            writer.begin(memory, 0, limit);
            assertThat(log.writeFeedback(writer, 1, 2)).isTrue();
            assertThat(writer.length()).isLessThanOrEqualTo(limit);
            read(written(), arrivals(told));
        }
        long first = sent.firstEntry().getValue();
        sent.replaceAll((_, millis) -> (millis - first) * 4);
        assertThat(told).isEqualTo(sent);
    }

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyArrivalIsToldExactly(long seed) {
        var random = new SplittableRandom(seed);
        int[] starts = {0, 32_767, 65_000, 65_535};
        int seq = starts[(int) (seed % starts.length)];
        long span = 250_000L << random.nextInt(10);
        long start = random.nextLong(1L << 50);
        long at = start;
        log.record(seq, at);
        TreeMap<Integer, Long> expected = new TreeMap<>();
        expected.put(seq, 0L);
        TreeMap<Integer, Long> told = new TreeMap<>();
        for (int burst = 0; burst < 200; burst++) {
            for (int i = random.nextInt(60); i > 0; i--) {
                seq += 1 + (random.nextInt(10) == 0 ? random.nextInt(30) : 0);
                at += random.nextLong(span);
                log.record(seq & 0xffff, at);
                expected.put(seq & 0xffff, (at - start) / 250_000);
            }
            while (log.hasNews()) {
                read(feedback(), arrivals(told));
            }
        }
        assertThat(told).isEqualTo(expected);
    }

    private List<String> fates() {
        List<String> lines = new ArrayList<>();
        read(
                feedback(),
                new TransportFeedback.Arrivals() {
                    @Override
                    public void received(int seq16, long ticks250us) {
                        lines.add(seq16 + " at " + ticks250us);
                    }

                    @Override
                    public void missing(int seq16) {
                        lines.add(seq16 + " missing");
                    }
                });
        return lines;
    }

    private static TransportFeedback.Arrivals arrivals(Map<Integer, Long> told) {
        return new TransportFeedback.Arrivals() {
            @Override
            public void received(int seq16, long ticks250us) {
                told.put(seq16, ticks250us);
            }

            @Override
            public void missing(int seq16) {}
        };
    }

    private static void read(byte[] packet, TransportFeedback.Arrivals arrivals) {
        var visitor =
                new RtcpVisitor() {
                    int told;

                    @Override
                    public void transportFeedback(
                            int senderSsrc, byte[] data, int offset, int length) {
                        told = TransportFeedback.read(data, offset, length, arrivals);
                    }
                };
        assertThat(RtcpReader.read(packet, 0, packet.length, visitor)).isOne();
        assertThat(visitor.told).isPositive();
    }

    private byte[] feedback() {
        memory.fill((byte) 0xff);
        writer.begin(memory, 0);
        assertThat(log.writeFeedback(writer, 1, 2)).isTrue();
        return written();
    }

    private byte[] written() {
        return memory.asSlice(0, writer.length()).toArray(ValueLayout.JAVA_BYTE);
    }
}
