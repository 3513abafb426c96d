package org.maplebridge.media.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.rtcp.RtcpWriter;
import org.maplebridge.media.wire.DropReason;

/// A downlink in front of a link that passes packets on one by one, and a peer that tells when they
/// arrived.
class DownlinkTest {
    private static final long MILLI = 1_000_000L;
    private static final long WAY_NANOS = 10 * MILLI;
    private static final int VOICE = 0x5109;
    private static final int VOICE_BYTES = 100;
    private static final int PICTURE_BYTES = 1_000;
    private static final int REPORT = 8;

    private record Flight(int number, long arrivesNanos) {}

    private final Downlink downlink = Downlink.toPeer();
    private final ArrivalLog peer = new ArrivalLog();
    private final ArrayDeque<Flight> flights = new ArrayDeque<>();
    private final ArrayDeque<Integer> held = new ArrayDeque<>();
    private final SplittableRandom random = new SplittableRandom(3);
    private final MemorySegment memory = Arena.ofAuto().allocate(1_500);
    private long now = 60_000 * MILLI;
    private long linkBits = 10_000_000;
    private long linkFreeNanos;
    private long pictureBits = 2_000_000;
    private long owedBits;
    private long jitterNanos = 1;
    private double lost;
    private int voiceBytes = VOICE_BYTES;
    private boolean feedback = true;
    private int feedbackShare = 1;
    private int feedbackCount;
    private boolean talking = true;
    private long openUntilNanos;
    private long passed;

    @Test
    void aFastLinkIsOpenAndStaysSo() {
        run(60_000);

        assertThat(downlink.paced()).isFalse();
        assertThat(downlink.admits(1_200, now)).isTrue();
        assertThat(downlink.estimate()).isGreaterThanOrEqualTo(2_500_000);
    }

    @Test
    void jitterOfAFastLinkIsNoQueue() {
        jitterNanos = 15 * MILLI;
        run(60_000);

        assertThat(downlink.paced()).isFalse();
    }

    @ParameterizedTest(name = "{0} bit/s")
    @ValueSource(longs = {400_000, 700_000, 1_000_000, 1_500_000})
    void aLinkThatTheyDoNotFitOnIsNoticedWithinAFifthOfASecond(long bits) {
        linkBits = bits;
        long begun = now;
        run(1_000);

        assertThat(openUntilNanos - begun).isLessThan(200 * MILLI);
        assertThat(downlink.paced()).isTrue();
        assertThat(downlink.estimate()).isBetween(bits * 85 / 100, bits);
    }

    @ParameterizedTest(name = "{0} bit/s")
    @ValueSource(longs = {500_000, 1_000_000, 3_000_000})
    void theEstimateStaysAboutTheLinksSpeed(long bits) {
        linkBits = bits;
        pictureBits = 4_000_000;
        run(3_000);
        for (int second = 0; second < 30; second++) {
            run(1_000);
            assertThat(downlink.estimate()).isBetween(bits * 75 / 100, bits * 125 / 100);
        }
    }

    @ParameterizedTest(name = "one of {0} feedback packets arrives")
    @ValueSource(ints = {2, 4})
    void lostFeedbackMakesNoNarrowLink(int share) {
        feedbackShare = share;
        linkBits = 1_000_000;
        pictureBits = 4_000_000;
        run(5_000);
        for (int second = 0; second < 30; second++) {
            run(1_000);
            assertThat(downlink.estimate()).isBetween(700_000L, 1_300_000L);
        }
    }

    /// Less would be none: voice and the lowest picture of a camera over a radio link.
    @Test
    void lossWhereLittleIsSentIsNoNarrowLink() {
        lost = 0.1;
        pictureBits = 150_000;
        run(20_000);

        assertThat(openUntilNanos).as("never paced").isEqualTo(now);
    }

    @Test
    void aLinkThatLittleFillsIsNarrowAllTheSame() {
        linkBits = 180_000;
        pictureBits = 300_000;
        run(2_000);

        assertThat(downlink.paced()).isTrue();
        assertThat(downlink.estimate()).isBetween(120_000L, 190_000L);
    }

    /// What an open link is hoped to bear was never seen: a queue would stand and nothing fill it.
    @Test
    void lossThatTurnsOutOrdinaryRestoresNoMoreThanWasSent() {
        lost = 0.12;
        pictureBits = 700_000;
        long before = Long.MAX_VALUE / 2;
        int paced = 0;
        for (int i = 0; i < 100; i++) {
            run(100);
            assertThat(downlink.paced() && downlink.estimate() > before * 2).isFalse();
            before = downlink.paced() ? downlink.estimate() : Long.MAX_VALUE / 2;
            paced += downlink.paced() ? 1 : 0;
        }
        assertThat(paced).isGreaterThan(10);
    }

    /// A report of ten percent of voice says so of the five seconds before it.
    @Test
    void whatAQueueLostIsNoLossOfTheLinks() {
        linkBits = 500_000;
        lost = 0.3; // what does not fit into its queue
        run(1_000);
        lost = 0;
        run(3_000);
        assertThat(downlink.paced()).isTrue();
        assertThat(downlink.lossBeside(26, now)).isLessThan(7);

        lost = 0.1;
        run(5_000);
        assertThat(downlink.lossBeside(26, now)).isBetween(15, 26);
    }

    /// One of two packets lost is half of a report.
    @Test
    void theFirstReportAfterAPauseIsOfTooFewPackets() {
        linkBits = 150_000;
        run(3_000);
        pictureBits = 0;
        held.clear();
        voiceBytes = 200;
        run(7_000);
        downlink.reported(0, -1, now);
        run(1_000);
        long before = downlink.estimate();
        downlink.pictureLeft(300, now);
        downlink.reported(0.5, -1, now);

        assertThat(downlink.estimate()).isGreaterThanOrEqualTo(before);
    }

    @Test
    void aLinkMeasuredTooFastAtFirstIsFoundOut() {
        linkBits = 1_250_000;
        pictureBits = 4_000_000;
        run(400);
        assertThat(downlink.estimate()).isGreaterThan(1_050_000);
        linkBits = 1_000_000;
        run(1_500);

        assertThat(downlink.estimate()).isLessThan(1_000_000);
    }

    @Test
    void picturesGetMostOfWhatVoiceLeaves() {
        linkBits = 1_000_000;
        pictureBits = 4_000_000;
        run(3_000);
        passed = 0;
        run(20_000);

        assertThat(passed * 8 / 20).isBetween(700_000L, 960_000L);
    }

    @Test
    void aLinkOfNearlyNothingKeepsTheFloor() {
        linkBits = 60_000;
        run(30_000);

        assertThat(downlink.estimate()).isGreaterThanOrEqualTo(100_000);
        assertThat(downlink.closed(now)).isTrue();
        talking = false;
        run(200);
        assertThat(downlink.closed(now)).isFalse();
    }

    @Test
    void aLinkThatIsFastAgainOpens() {
        linkBits = 1_000_000;
        run(10_000);
        assertThat(downlink.paced()).isTrue();
        linkBits = 20_000_000;
        run(20_000);

        assertThat(downlink.paced()).isFalse();
    }

    @Test
    void aPeerThatTellsNothingIsNotPaced() {
        feedback = false;
        linkBits = 300_000;
        run(10_000);

        assertThat(downlink.paced()).isFalse();
    }

    @Test
    void aPeerWithoutFeedbackIsPacedByItsReports() {
        feedback = false;
        run(1_000);
        downlink.reported(0.5, 30 * MILLI, now); // nothing to compare with yet
        assertThat(downlink.paced()).isFalse();
        run(1_000);
        downlink.reported(0.5, 30 * MILLI, now);

        assertThat(downlink.paced()).isTrue();
        assertThat(downlink.estimate()).isBetween(800_000L, 1_200_000L);
    }

    @Test
    void reportsDoNotCountBesideFeedback() {
        run(1_000);
        downlink.reported(0.5, 900 * MILLI, now);

        assertThat(downlink.paced()).isFalse();
    }

    @Test
    void voiceIsCountedOnlyBesideAPicture() {
        assertThat(downlink.voiceNumber(now)).isEqualTo(Downlink.NO_NUMBER);
        assertThat(downlink.pictureNumber()).isZero();
        downlink.pictureLeft(1_000, now);
        assertThat(downlink.voiceNumber(now + 100 * MILLI)).isOne();
        assertThat(downlink.voiceNumber(now + 2_100 * MILLI)).isEqualTo(Downlink.NO_NUMBER);
    }

    @Test
    void aNumberThatWasNotUsedIsTakenAgain() {
        assertThat(downlink.pictureNumber()).isZero();
        assertThat(downlink.pictureNumber()).isZero();
        downlink.pictureLeft(1_000, now);
        assertThat(downlink.pictureNumber()).isOne();
    }

    @Test
    void brokenFeedbackIsRefused() {
        assertThat(downlink.hear(new byte[32], 0, 19, now)).isZero();
        run(200);
        assertThat(downlink.hear(new byte[32], 0, 19, now)).isEqualTo(DropReason.MALFORMED.code());
        assertThat(downlink.hear(new byte[32], 0, 32, now)).isZero();
    }

    @Test
    void anotherWayThatTakesLongerIsNoQueue() {
        run(2_000);
        linkFreeNanos = now + 80 * MILLI; // what follows is later by that
        downlink.moved();
        run(40);

        assertThat(downlink.paced()).isFalse();
    }

    private void run(int millis) {
        for (int i = 0; i < millis; i++) {
            now += MILLI;
            long time = now / MILLI;
            if (talking && time % 20 == 0) {
                int number = downlink.voiceNumber(now);
                downlink.voiceLeft(VOICE, voiceBytes, now);
                pass(number, voiceBytes);
            }
            if (time % 33 == 0) {
                owedBits += pictureBits * 33 / 1_000;
                for (; owedBits > 0; owedBits -= PICTURE_BYTES * 8L) {
                    held.add(PICTURE_BYTES);
                }
            }
            while (held.size() > 1_000) {
                held.poll();
            }
            while (!held.isEmpty() && downlink.admits(PICTURE_BYTES, now)) {
                int number = downlink.pictureNumber();
                downlink.pictureLeft(held.remove(), now);
                pass(number, PICTURE_BYTES);
            }
            if (time % 50 == 0) {
                tell();
            }
            if (time % 100 == 0) {
                downlink.look(pictureBits, !held.isEmpty(), !held.isEmpty(), now);
            }
            openUntilNanos = downlink.paced() ? openUntilNanos : now;
        }
    }

    private void pass(int number, int bytes) {
        linkFreeNanos = Math.max(linkFreeNanos, now) + (bytes + 28) * 8_000_000_000L / linkBits;
        passed += bytes == PICTURE_BYTES ? bytes + 28 : 0;
        if (number != Downlink.NO_NUMBER && random.nextDouble() >= lost) {
            long arrives = linkFreeNanos + WAY_NANOS + random.nextLong(jitterNanos);
            flights.add(new Flight(number, arrives));
        }
    }

    private void tell() {
        while (!flights.isEmpty() && flights.peek().arrivesNanos() <= now) {
            Flight flight = flights.remove();
            peer.record(flight.number(), flight.arrivesNanos());
        }
        while (feedback && peer.hasNews()) {
            var compound = new RtcpWriter();
            compound.begin(memory, 0);
            compound.receiverReport(1);
            assertThat(peer.writeFeedback(compound, 1, 0)).isTrue();
            byte[] bytes = memory.asSlice(0, compound.length()).toArray(ValueLayout.JAVA_BYTE);
            if (feedbackCount++ % feedbackShare == 0) {
                int length = bytes.length - REPORT;
                assertThat(downlink.hear(bytes, REPORT, length, now)).isNotNegative();
            }
        }
    }
}
