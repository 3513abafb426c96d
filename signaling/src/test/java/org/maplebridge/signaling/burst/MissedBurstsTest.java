package org.maplebridge.signaling.burst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.signaling.burst.Sample.CAR1;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.BurstId;

class MissedBurstsTest {
    private final AtomicInteger failures = new AtomicInteger();
    private final List<String> steps = new ArrayList<>();
    private final BurstShelf shelf = new BurstShelf(failures, steps);
    private final MissedBursts missed =
            new MissedBursts(shelf, Sample.hearing(), () -> Sample.NOON);

    @BeforeEach
    void somethingWasSaid() {
        var speech = Sample.speech(1, new Listener("car1"), null);
        shelf.bursts().add(Sample.burst(speech, 2_000, null, CAR1));
    }

    @Test
    void aFreshSessionIsShownWhatItsUnitMissedWithinADay() {
        var shown = missed.shownTo(new Listener("car2"));

        assertThat(shown).extracting(burst -> burst.id()).containsExactly("b-1");
        assertThat(shown.getFirst().heard()).isFalse();
        assertThat(shown.getFirst().talker().unit()).isEqualTo("car1");
        assertThat(steps)
                .singleElement()
                .asString()
                .startsWith("missed by car2 in [")
                .contains("group-xinhe", "group-county")
                .endsWith("] since 2026-11-20T12:00:00Z, 50");
    }

    @Test
    void whoIsNoUnitMissesNothing() {
        assertThat(missed.shownTo(new Listener("admin"))).isEmpty();
    }

    @Test
    void aSnapshotComesWithoutWhenTheRecordIsAway() {
        failures.set(1);

        assertThat(missed.shownTo(new Listener("car2"))).isEmpty();
    }

    @Test
    void nobodyIsGivenMoreThanAListOfCalls() throws Exception {
        missed.of(CAR1, 500);
        missed.of(CAR1, 7);

        assertThat(steps.getFirst()).endsWith(", 50");
        assertThat(steps.getLast()).endsWith(", 7");
    }

    @Test
    void whatIsMarkedIsMarkedForTheUnit() throws Exception {
        missed.markHeard(CAR1, List.of(new BurstId("b-1")));

        assertThat(steps).containsExactly("car1 heard [b-1]");
    }
}
