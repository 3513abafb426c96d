package org.maplebridge.media.finish.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class StreamClockTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;
    private static final long TODAY = 1_760_000_000L * SECOND;
    private static final Offset<Long> MILLIS_3 = within(3 * MILLI);

    private final Publishers publishers = new Publishers();
    private final Random random = new Random(2);

    private static long ntp(long nanosSince1970) {
        long seconds = nanosSince1970 / SECOND + 2_208_988_800L;
        return seconds << 32 | (nanosSince1970 % SECOND << 32) / SECOND;
    }

    @Test
    void anNtpTimeIsReadToTheNanosecond() {
        assertThat(StreamClock.nanosSince1970(ntp(TODAY + 123_456_789)))
                .isEqualTo(TODAY + 123_456_789);
    }

    /// A publisher two years behind whose clocks drift, over a network that shakes.
    @Test
    void reportsSayWhenThingsHappenedWhateverThePublishersClockSays() {
        long behind = 63_000_000L * SECOND;
        var clock = new StreamClock(publishers, "phone", 90_000);
        for (long t = 0; t < 600 * SECOND; t += SECOND) {
            long theirs = TODAY - behind + (long) (t * (1 + 40e-6));
            long way = 20 * MILLI + random.nextLong(30 * MILLI);
            clock.reported((long) (t / 1e9 * 90_000 * (1 - 90e-6)), ntp(theirs), TODAY + t + way);
        }
        clock.settle();
        for (long t = 0; t < 600 * SECOND; t += 7 * SECOND) {
            long ticks = (long) (t / 1e9 * 90_000 * (1 - 90e-6));
            assertThat(clock.nanosAt(ticks)).isCloseTo(TODAY + t + 24 * MILLI, within(5 * MILLI));
        }
    }

    @Test
    void withoutReportsTheQuickestPacketsTell() {
        var clock = new StreamClock(publishers, "encoder", 48_000);
        for (long packet = 0; packet < 3_000; packet++) {
            long way = 20 * MILLI + random.nextLong(60 * MILLI);
            clock.arrived(packet * 960, TODAY + packet * 20 * MILLI + way);
        }
        clock.settle();
        assertThat(clock.nanosAt(1_500 * 960L)).isCloseTo(TODAY + 30_022 * MILLI, MILLIS_3);
    }

    @Test
    void aClockThatIsSetMeanwhileIsNotBelieved() {
        var clock = new StreamClock(publishers, "phone", 90_000);
        for (long t = 0; t < 60; t++) {
            long set = t < 30 ? 0 : 86_400 * SECOND;
            clock.reported(t * 90_000, ntp(TODAY + t * SECOND + set), TODAY + t * SECOND);
        }
        clock.settle();
        for (long t = 0; t < 60; t++) {
            assertThat(clock.nanosAt(t * 90_000)).isCloseTo(TODAY + t * SECOND, within(SECOND));
        }
    }

    @Test
    void timestampsAreCountedOverTheirWrap() {
        var ticks = new Ticks();
        assertThat(ticks.unwrap(-10)).isEqualTo(0xffff_fff6L);
        assertThat(ticks.unwrap(20)).isEqualTo(0x1_0000_0014L);
        assertThat(ticks.unwrap(-5)).isEqualTo(0xffff_fffbL);
    }
}
