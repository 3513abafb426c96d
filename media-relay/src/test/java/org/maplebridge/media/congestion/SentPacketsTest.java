package org.maplebridge.media.congestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.rtcp.RtcpWriter;
import org.maplebridge.media.rtcp.TransportFeedbackWriter;
import org.maplebridge.media.wire.DropReason;

class SentPacketsTest {
    private static final long MILLI = 1_000_000L;
    private static final int REPORT = 8;

    private final SentPackets packets = new SentPackets();
    private long now = 5_000 * MILLI;

    @ParameterizedTest(name = "after {0} packets")
    @ValueSource(ints = {0, 32_767, 65_534, 65_535, 131_071})
    void numbersRunOnOverEveryWrap(int before) {
        send(before, 100);
        for (int i = 0; i < 5; i++) {
            assertThat(packets.number()).isEqualTo(before + i & 0xffff);
            send(1, 100);
        }

        assertThat(hear(before & 0xffff, 0, 1, 2, 3, 4)).isEqualTo(5);
    }

    @Test
    void whatArrivesIsCountedOnceHoweverOftenItIsTold() {
        send(10, 1_000);

        assertThat(hear(0, 0, 1, 2, 3)).isEqualTo(4);
        assertThat(hear(0, 0, 1, 2, 3, 4)).isOne();
        assertThat(hear(0, 0, 1, 2, 3, 4)).isZero();
    }

    @Test
    void aPacketToldMissingMayArriveAfterAllButNotTheOtherWayRound() {
        send(4, 1_000);
        hear(0, 0, -1, 2, -1);
        assertThat(packets.losses().take(now)).isCloseTo(0.5, within(1e-9));

        assertThat(hear(0, 0, 1, 2, -1)).isOne();
        assertThat(hear(0, -1, -1, -1, -1)).isZero();
    }

    @Test
    void numbersNeverSentOrLongForgottenMeanNothing() {
        assertThat(hear(0, 0, 1, 2)).isZero();
        send(3_000, 100);
        assertThat(hear(3_000, 0, 1)).isZero();
        assertThat(hear(3_000 - SentLog.CAPACITY - 3, 0, 1, 2)).isZero();
        assertThat(hear(3_000 - SentLog.CAPACITY, 0)).isOne();
    }

    @Test
    void brokenFeedbackIsRefusedAndChangesNothing() {
        send(5, 100);
        byte[] whole = feedback(0, 0, 1, 2, 3, 4);

        int answer = packets.hear(whole, REPORT, whole.length - REPORT - 4, now);

        assertThat(answer).isEqualTo(DropReason.MALFORMED.code());
        assertThat(hear(0, 0, 1, 2, 3, 4)).isEqualTo(5);
    }

    @Test
    void whatIsOnItsWayKeepsTheLinkBusy() {
        var link = new Bottleneck();
        link.setRate(1_000_000);
        send(10, 1_250); // 10 ms each, all at once
        hear(0, 20, 30, 40);

        packets.replay(link, now);

        // The third left at `now` and waited 20 ms; seven follow it.
        assertThat(link.backlogNanos(now)).isBetween(85 * MILLI, 95 * MILLI);
    }

    @Test
    void lossesOfBeforeAChangeDoNotCount() {
        send(50, 1_000);
        packets.countAnew(now);
        send(50, 1_000);
        int[] fates = new int[100];
        for (int i = 0; i < 100; i++) {
            fates[i] = i < 50 ? -1 : i;
        }
        hear(0, fates);

        assertThat(packets.losses().full(now + 400 * MILLI)).isTrue();
        assertThat(packets.losses().take(now)).isZero();
    }

    @Test
    void whatLostFeedbackWouldHaveToldOfCountsAsArrived() {
        for (int i = 0; i < 100; i++) {
            send(4, 1_250);
            hear(4 * i + 3, 80 * i); // one of four
        }
        assertThat(packets.delivered()).isBetween(450_000L, 560_000L);
        assertThat(packets.queue().capacity(0)).isZero();
        assertThat(hear(4, 0, 1, 2)).isZero();
    }

    @Test
    void theRateIsThatOfArrival() {
        for (int i = 0; i < 100; i++) {
            send(1, 1_250);
            hear(i, 20 * i);
        }
        assertThat(packets.delivered()).isBetween(450_000L, 560_000L);
    }

    private void send(int count, int bytes) {
        for (int i = 0; i < count; i++) {
            packets.left(bytes, now);
        }
    }

    /// @param arrivedMillis of the packets from `firstSeq16` on; negative for missing
    private int hear(int firstSeq16, int... arrivedMillis) {
        byte[] bytes = feedback(firstSeq16, arrivedMillis);
        return packets.hear(bytes, REPORT, bytes.length - REPORT, now);
    }

    private static byte[] feedback(int firstSeq16, int... arrivedMillis) {
        var writer = new TransportFeedbackWriter();
        writer.begin(firstSeq16, 4L * Math.max(0, arrivedMillis[0]) + 1_000_000);
        for (int millis : arrivedMillis) {
            boolean fits = millis < 0 ? writer.missing() : writer.received(4L * millis + 1_000_000);
            assertThat(fits).isTrue();
        }
        MemorySegment memory = Arena.ofAuto().allocate(1_500);
        var compound = new RtcpWriter();
        compound.begin(memory, 0);
        compound.receiverReport(1);
        assertThat(writer.write(compound, 1, 2, 0)).isEqualTo(arrivedMillis.length);
        return memory.asSlice(0, compound.length()).toArray(ValueLayout.JAVA_BYTE);
    }
}
