package org.maplebridge.dispatch.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.dispatch.alert.AlertWorkflow.Outcome.*;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.maplebridge.dispatch.alert.Alert.Ending;
import org.maplebridge.dispatch.alert.Alert.Phase;
import org.maplebridge.dispatch.alert.AlertInput.Elapsed;
import org.maplebridge.dispatch.alert.AlertInput.End;
import org.maplebridge.dispatch.alert.AlertInput.Restarted;
import org.maplebridge.dispatch.alert.AlertWorkflow.Outcome;
import org.maplebridge.dispatch.alert.AlertWorkflow.Raising;
import org.maplebridge.dispatch.model.AlertId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;

class AlertWorkflowTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration COUNTDOWN = Duration.ofSeconds(5);
    private static final UserId CREW = new UserId("car1");
    private static final UserId ROOM = new UserId("xinhe");

    @Test
    void anAlertIsPendingUntilItsCountdownIsOver() {
        var pending = raised(Severity.RED, null, NOON);
        assertThat(pending.phase()).isEqualTo(Phase.PENDING);
        assertThat(pending.activeAt()).isEqualTo(NOON.plusSeconds(5));

        assertThat(AlertWorkflow.step(pending, new Elapsed(), NOON.plusMillis(4_999)).outcome())
                .isEqualTo(UNCHANGED);
        var active = AlertWorkflow.step(pending, new Elapsed(), NOON.plusSeconds(5));

        assertThat(active.outcome()).isEqualTo(ACTIVATED);
        assertThat(active.next().phase()).isEqualTo(Phase.ACTIVE);
        assertThat(AlertWorkflow.step(active.next(), new Elapsed(), NOON.plusSeconds(6)).outcome())
                .isEqualTo(UNCHANGED);
    }

    @Test
    void withoutACountdownItIsActiveAtOnce() {
        var raising = AlertWorkflow.raise(cry("a", Severity.RED), Duration.ZERO, null, NOON);

        assertThat(((Raising.Raised) raising).alert().phase()).isEqualTo(Phase.ACTIVE);
    }

    @Test
    void whatTheServerSleptThroughIsActiveAtOnce() {
        var pending = raised(Severity.RED, null, NOON);

        var active = AlertWorkflow.step(pending, new Restarted(), NOON.plusSeconds(1));

        assertThat(active.outcome()).isEqualTo(ACTIVATED);
        assertThat(active.next().activeAt()).isEqualTo(NOON.plusSeconds(1));
        assertThat(AlertWorkflow.step(active.next(), new Restarted(), NOON).outcome())
                .isEqualTo(UNCHANGED);
        var late = AlertWorkflow.step(pending, new Restarted(), NOON.plusSeconds(99)).next();
        assertThat(late.activeAt()).isEqualTo(NOON.plusSeconds(5));
    }

    /// The crew is who raised it; the room may clear or not.
    @ParameterizedTest(name = "{0} {1} may clear {2} says {3}: {4}")
    @CsvSource({
        "PENDING,   car1,  false, ,     CANCELLED",
        "PENDING,   car1,  false, 误触, CANCELLED",
        "PENDING,   xinhe, true,  误触, CANCELLED",
        "PENDING,   xinhe, true,  ,     REASON_MISSING",
        "PENDING,   xinhe, false, 误触, NOT_ALLOWED",
        "ACTIVE,    car1,  false, ,     CLOSED",
        "ACTIVE,    xinhe, true,  到场, CLOSED",
        "ACTIVE,    xinhe, true,  ' ',  REASON_MISSING",
        "ACTIVE,    xinhe, true,  ,     REASON_MISSING",
        "ACTIVE,    xinhe, false, 到场, NOT_ALLOWED",
        "CANCELLED, car1,  false, ,     OVER",
        "CLOSED,    xinhe, true,  到场, OVER",
        "CLOSED,    xinhe, false, ,     OVER",
    })
    void whoEndsItAndHow(
            Phase phase, String by, boolean mayClear, @Nullable String reason, Outcome outcome) {
        var alert = in(phase);
        var now = NOON.plusSeconds(30);

        var step = AlertWorkflow.step(alert, new End(new UserId(by), mayClear, reason), now);

        assertThat(step.outcome()).isEqualTo(outcome);
        if (outcome.changes()) {
            assertThat(step.next().phase().name()).isEqualTo(outcome.name());
            assertThat(step.next().ending()).isEqualTo(new Ending(new UserId(by), now, reason));
        } else {
            assertThat(step.next()).isEqualTo(alert);
        }
    }

    @Test
    void anOrdinaryMatterIsNoAlert() {
        assertThat(AlertWorkflow.raise(cry("a", Severity.YELLOW), COUNTDOWN, null, NOON))
                .isEqualTo(new Raising.TooMild());
    }

    @Test
    void asLongAsOneIsOpenOnlyAGraverOneTakesItsPlace() {
        var orange = raised(Severity.ORANGE, null, NOON);
        var red = raised(Severity.RED, null, NOON);

        for (var tier : new Severity[] {Severity.ORANGE, Severity.RED}) {
            assertThat(AlertWorkflow.raise(cry("b", tier), COUNTDOWN, red, NOON))
                    .isEqualTo(new Raising.Busy(red));
        }
        assertThat(AlertWorkflow.raise(cry("b", Severity.ORANGE), COUNTDOWN, orange, NOON))
                .isEqualTo(new Raising.Busy(orange));

        var later = NOON.plusSeconds(3);
        var graver =
                (Raising.Raised)
                        AlertWorkflow.raise(cry("b", Severity.RED), COUNTDOWN, orange, later);
        assertThat(graver.alert().phase()).isEqualTo(Phase.PENDING);
        assertThat(graver.alert().activeAt()).isEqualTo(orange.activeAt());
        assertThat(graver.former()).extracting(Alert::phase).isEqualTo(Phase.CANCELLED);
    }

    @Test
    void whoHasHelpOnItsWayCountsDownNoMore() {
        var active =
                AlertWorkflow.step(
                                raised(Severity.ORANGE, null, NOON),
                                new Elapsed(),
                                NOON.plusSeconds(5))
                        .next();

        var graver =
                (Raising.Raised)
                        AlertWorkflow.raise(
                                cry("b", Severity.RED), COUNTDOWN, active, NOON.plusSeconds(9));

        assertThat(graver.alert().phase()).isEqualTo(Phase.ACTIVE);
        assertThat(graver.former()).extracting(Alert::phase).isEqualTo(Phase.CLOSED);
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 200);
    }

    /// Active only after its time or after a restart, over only once, and never open again.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anAlertGoesOneWayOnly(long seed) {
        var random = new SplittableRandom(seed);
        var now = NOON;
        var alert = raised(Severity.RED, null, now);
        for (int i = 0; i < 50; i++) {
            now = now.plusMillis(random.nextInt(1_000));
            AlertInput input =
                    switch (random.nextInt(8)) {
                        case 0 -> new Restarted();
                        case 1 -> new End(CREW, random.nextBoolean(), null);
                        case 2 -> new End(ROOM, random.nextBoolean(), "到场");
                        default -> new Elapsed();
                    };
            var step = AlertWorkflow.step(alert, input, now);
            assertThat(step.next().phase()).isGreaterThanOrEqualTo(alert.phase());
            assertThat(step.outcome().changes()).isEqualTo(!step.next().equals(alert));
            assertThat(step.next().isOpen()).isEqualTo(step.next().ending() == null);
            if (step.outcome() == ACTIVATED && input instanceof Elapsed) {
                assertThat(now).isAfterOrEqualTo(alert.activeAt());
            }
            if (!alert.isOpen()) {
                assertThat(step.next()).isEqualTo(alert);
            }
            alert = step.next();
        }
    }

    private static Alert in(Phase phase) {
        var pending = raised(Severity.RED, null, NOON);
        var end = new End(CREW, false, null);
        var active = AlertWorkflow.step(pending, new Elapsed(), NOON.plusSeconds(5)).next();
        return switch (phase) {
            case PENDING -> pending;
            case ACTIVE -> active;
            case CANCELLED -> AlertWorkflow.step(pending, end, NOON).next();
            case CLOSED -> AlertWorkflow.step(active, end, NOON.plusSeconds(9)).next();
        };
    }

    private static Alert raised(Severity tier, @Nullable Alert open, Instant now) {
        return ((Raising.Raised) AlertWorkflow.raise(cry("a", tier), COUNTDOWN, open, now)).alert();
    }

    private static Cry cry(String id, Severity tier) {
        return new Cry(new AlertId(id), new UnitId("car1"), CREW, tier, null, null);
    }
}
