package org.maplebridge.signaling.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.maplebridge.media.api.PictureLimit;
import org.maplebridge.signaling.boot.FakeRelay;

class NodeLoadTest {
    private static final long SECOND = 1_000_000_000L;

    private final FakeRelay relay = new FakeRelay(_ -> {});
    private long now = 5 * SECOND;
    private long[] late = {0, 0};
    private long ticks;
    private final NodeLoad load =
            new NodeLoad(
                    relay,
                    () -> late.clone(),
                    () -> Optional.of(new ProcessorTimes(ticks, ticks / 2, ticks / 4)),
                    () -> now);

    @Test
    void theLatestLoopDecidesAndTheRelayIsToldOnce() {
        load.round();
        seconds(10, 0.1, 0.6);
        assertThat(load.late()).isEqualTo(0.6);
        assertThat(load.level()).isEqualTo(LoadLevel.OVERLOADED);
        assertThat(relay.limits()).containsExactly(PictureLimit.PAUSED);
        assertThat(load.stolen()).isEqualTo(0.25);

        seconds(10, 0, 0);
        assertThat(relay.limits())
                .containsExactly(PictureLimit.PAUSED, PictureLimit.LOWEST, PictureLimit.NONE);
        assertThat(load.level()).isEqualTo(LoadLevel.BUSY);
    }

    @Test
    void picturesAreRefusedFromTheFirstStepOnAndCounted() {
        load.round();
        assertThat(load.refusesPicture()).isFalse();
        seconds(5, 0.3, 0);
        assertThat(load.refusesPicture()).isTrue();
        assertThat(load.refusesPicture()).isTrue();
        assertThat(load.refused()).isEqualTo(2);
    }

    @Test
    void aRoundThatIsLateItselfIsAsLongAsItWas() {
        load.round();
        now += 10 * SECOND;
        late = new long[] {SECOND, 0};
        load.round();
        assertThat(load.late()).isEqualTo(0.1);
    }

    @Test
    void withoutLoopsNothingIsKnown() {
        late = new long[0];
        seconds(10, new double[0]);
        assertThat(load.level()).isEqualTo(LoadLevel.CALM);
    }

    private void seconds(int count, double... shares) {
        for (int i = 0; i < count; i++) {
            now += SECOND;
            ticks += 200;
            late = late.clone();
            for (int loop = 0; loop < shares.length; loop++) {
                late[loop] += (long) (shares[loop] * SECOND);
            }
            load.round();
        }
    }
}
