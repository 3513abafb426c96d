package org.maplebridge.dispatch.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.dispatch.model.Severity.ORANGE;
import static org.maplebridge.dispatch.model.Severity.RED;
import static org.maplebridge.dispatch.model.Severity.YELLOW;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.maplebridge.dispatch.call.TierHolds.Outcome;
import org.maplebridge.dispatch.call.TierHolds.Wish;
import org.maplebridge.dispatch.model.AlertId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UserId;

class TierHoldsTest {
    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");
    private static final AlertId ALERT = new AlertId("a");

    @Test
    void anybodyRaisesACall() {
        var raised = wished(TierHolds.NONE, ORANGE, ANN, false);

        assertThat(raised.tier()).isEqualTo(ORANGE);
        assertThat(wished(raised, RED, BOB, false).tier()).isEqualTo(RED);
        assertThat(raised.wish(new Wish(ORANGE, BOB), false)).isEqualTo(new Outcome.Same());
    }

    @Test
    void loweringIsForWhoRaisedItAndForThoseWhoMay() {
        var raised = wished(TierHolds.NONE, RED, ANN, false);

        assertThat(raised.wish(new Wish(YELLOW, BOB), false)).isEqualTo(new Outcome.NotAllowed());
        assertThat(wished(raised, YELLOW, ANN, false)).isEqualTo(TierHolds.NONE);
        assertThat(wished(raised, ORANGE, BOB, true))
                .isEqualTo(new TierHolds(new Wish(ORANGE, BOB), Map.of()));
    }

    @Test
    void anAlertHoldsTheCallUpUntilItIsOver() {
        var held = TierHolds.NONE.with(ALERT, RED);

        assertThat(held.tier()).isEqualTo(RED);
        assertThat(held.wish(new Wish(ORANGE, ANN), true)).isEqualTo(new Outcome.HeldByAlert());
        assertThat(held.without(ALERT).isEmpty()).isTrue();
    }

    @Test
    void aCallFollowsTheSeverityOfItsMatterWhateverWasWished() {
        var followed = wished(TierHolds.NONE, RED, ANN, false).with(ALERT, RED).following(ORANGE);

        assertThat(followed.without(ALERT).tier()).isEqualTo(ORANGE);
        assertThat(followed.without(ALERT).wish(new Wish(YELLOW, ANN), false))
                .isEqualTo(new Outcome.NotAllowed());
        assertThat(followed.without(ALERT).following(YELLOW)).isEqualTo(TierHolds.NONE);
    }

    @Test
    void whatElseHoldsTheCallUpStaysWhenAnAlertIsOver() {
        var raised = wished(TierHolds.NONE, ORANGE, ANN, false).with(ALERT, RED);

        assertThat(raised.without(ALERT).tier()).isEqualTo(ORANGE);
        assertThat(raised.with(new AlertId("b"), ORANGE).without(ALERT).tier()).isEqualTo(ORANGE);
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theGravestHoldCounts(long seed) {
        var random = new SplittableRandom(seed);
        var holds = TierHolds.NONE;
        var alerts = new HashMap<AlertId, Severity>();
        for (int i = 0; i < 100; i++) {
            var alert = new AlertId("a" + random.nextInt(4));
            var tier = Severity.values()[random.nextInt(3)];
            switch (random.nextInt(3)) {
                case 0 -> {
                    holds = holds.with(alert, tier);
                    alerts.put(alert, tier);
                }
                case 1 -> {
                    holds = holds.without(alert);
                    alerts.remove(alert);
                }
                default -> {
                    var wish = new Wish(tier, random.nextBoolean() ? ANN : BOB);
                    if (holds.wish(wish, random.nextBoolean()) instanceof Outcome.Changed(var c)) {
                        assertThat(c.tier()).isEqualTo(tier);
                        holds = c;
                    }
                }
            }
            var now = holds.tier();
            assertThat(alerts.values()).noneMatch(held -> held.isGraverThan(now));
            assertThat(holds.alerts()).isEqualTo(alerts);
        }
    }

    private static TierHolds wished(
            TierHolds holds, Severity tier, UserId by, boolean mayLowerOthers) {
        return ((Outcome.Changed) holds.wish(new Wish(tier, by), mayLowerOthers)).next();
    }
}
