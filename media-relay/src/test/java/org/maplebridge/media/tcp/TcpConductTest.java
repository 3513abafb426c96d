package org.maplebridge.media.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TcpConductTest {
    private static final long SECOND = 1_000_000_000;
    private static final int CHECK_LENGTH = 100;
    private static final long CHECK = stun(0x0001, CHECK_LENGTH);
    private static final long SUCCESS = stun(0x0101, 64);
    private static final long MEDIA = 0x8060_0001_0000_0001L;

    private final TcpConduct conduct = new TcpConduct(0);

    @Test
    void aCheckGoesOnAndItsAnswerProvesThePeer() {
        assertThat(conduct.onFrame(CHECK, CHECK_LENGTH, 1)).isNull();
        assertThat(conduct.proved()).isFalse();
        assertThat(conduct.onDatagram(SUCCESS, 64, 2)).isTrue();
        assertThat(conduct.proved()).isTrue();
        assertThat(conduct.onDatagram(SUCCESS, 64, 3)).as("once").isFalse();
        assertThat(conduct.onFrame(MEDIA, 1_000, 4)).isNull();
        assertThat(conduct.end(20 * SECOND)).isNull();
    }

    @Test
    void whoBeginsWithAnythingElseIsClosed() {
        long[] heads = {
            0x4745_5420_2f20_4854L, // "GET / HT"
            0x1603_0100_c801_0000L, // TLS
            0x16fe_ff00_0000_0000L, // DTLS
            MEDIA,
            SUCCESS,
            stun(0x0011, CHECK_LENGTH),
            CHECK ^ 1, // another cookie
            stun(0x0001, CHECK_LENGTH + 4), // lengths that do not add up
            0
        };
        for (long head : heads) {
            var fresh = new TcpConduct(0);
            assertThat(fresh.onFrame(head, CHECK_LENGTH, 1)).isEqualTo(TcpLoss.UNPROVED);
            assertThat(fresh.end(1)).as(Long.toHexString(head)).isEqualTo(TcpEnd.NOT_STUN);
        }
    }

    @Test
    void untilItIsProvedNothingButChecksGoesOn() {
        assertThat(conduct.onFrame(CHECK, CHECK_LENGTH, 1)).isNull();
        assertThat(conduct.onFrame(MEDIA, 1_000, 2)).isEqualTo(TcpLoss.UNPROVED);
        assertThat(conduct.end(2)).as("a browser in a hurry is none to be closed").isNull();
        assertThat(conduct.onDatagram(stun(0x0111, 64), 64, 3)).as("an error").isFalse();
        assertThat(conduct.proved()).isFalse();
    }

    @Test
    void whoProvesNothingIsClosedInTimeOrWhenItAsksTooMuch() {
        assertThat(conduct.onFrame(CHECK, CHECK_LENGTH, 9 * SECOND)).isNull();
        assertThat(conduct.end(10 * SECOND - 1)).isNull();
        assertThat(conduct.end(10 * SECOND)).isEqualTo(TcpEnd.UNPROVED);

        var eager = new TcpConduct(0);
        int taken = 0;
        while (eager.onFrame(CHECK, CHECK_LENGTH, 1) == null) {
            taken++;
        }
        assertThat(taken).isEqualTo(TcpConduct.MOST_UNPROVED_BYTES / CHECK_LENGTH);
        assertThat(eager.end(1)).isEqualTo(TcpEnd.UNPROVED);
    }

    @Test
    void emptyFramesSayNothing() {
        assertThat(conduct.onFrame(0, 0, 1)).isEqualTo(TcpLoss.EMPTY);
        assertThat(conduct.end(1)).isNull();
        conduct.onFrame(CHECK, CHECK_LENGTH, 1);
        conduct.onDatagram(SUCCESS, 64, 1);
        assertThat(conduct.onFrame(0, 0, 60 * SECOND)).isEqualTo(TcpLoss.EMPTY);
        assertThat(conduct.end(61 * SECOND)).isEqualTo(TcpEnd.SILENT);
    }

    @Test
    void whoIsProvedMayStayWhileSomethingGoesEitherWay() {
        conduct.onFrame(CHECK, CHECK_LENGTH, 1);
        conduct.onDatagram(SUCCESS, 64, SECOND);
        assertThat(conduct.end(60 * SECOND)).isNull();
        assertThat(conduct.onFrame(MEDIA, 500, 60 * SECOND)).isNull();
        assertThat(conduct.end(119 * SECOND)).isNull();
        assertThat(conduct.onDatagram(MEDIA, 500, 119 * SECOND)).isFalse();
        assertThat(conduct.end(178 * SECOND)).isNull();
        assertThat(conduct.end(179 * SECOND)).isEqualTo(TcpEnd.SILENT);
    }

    static long stun(int type, int length) {
        return (long) type << 48 | (long) (length - 20) << 32 | 0x2112A442L;
    }
}
