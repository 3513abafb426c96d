package org.maplebridge.dispatch.incident.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.dispatch.incident.proof.ArrivalRules.Fault;
import org.maplebridge.dispatch.incident.proof.ArrivalRules.Sighting;
import org.maplebridge.dispatch.model.GeoPoint;

/// Near, lately, and not driving by.
class ArrivalRulesTest {
    private static final Instant NOON = Instant.parse("2026-11-29T04:00:00Z");
    private static final GeoPoint PLACE = new GeoPoint(28.37, 121.37);
    private static final double METRES_PER_DEGREE = 111_195;
    private static final ArrivalRules RULES = new ArrivalRules(200, Duration.ofMinutes(3), 20);

    @Test
    void whoStandsThereHasCome() {
        var verdict = RULES.judge(PLACE, List.of(seen(40, 10)), NOON);
        assertThat(verdict.fault()).isNull();
        assertThat(verdict.metres()).isEqualTo(40);
    }

    @Test
    void whatDoesNotShowItHasAName() {
        assertThat(fault(null, List.of(seen(0, 0)))).isEqualTo(Fault.NO_POINT);
        assertThat(fault(PLACE, List.of())).isEqualTo(Fault.NO_POSITION);
        assertThat(fault(PLACE, List.of(seen(201, 0)))).isEqualTo(Fault.TOO_FAR);
        assertThat(fault(PLACE, List.of(seen(0, 181)))).isEqualTo(Fault.TOO_OLD);
        assertThat(fault(PLACE, List.of(seen(150, 10), seen(50, 0)))).isEqualTo(Fault.TOO_FAST);
    }

    @Test
    void anOldPointSaysNothingAboutTheSpeedOfNow() {
        assertThat(fault(PLACE, List.of(seen(900, 70), seen(50, 0)))).isNull();
        assertThat(fault(PLACE, List.of(seen(70, 1), seen(50, 0))))
                .isNull(); // a wandering receiver
        assertThat(fault(PLACE, List.of(seen(70, 10), seen(50, 0)))).isNull();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void nobodyHasComeWhoIsFarOldOrFast(long seed) {
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 500; round++) {
            var way = new ArrayList<Sighting>();
            int age = random.nextInt(0, 400);
            int steps = random.nextInt(1, 6);
            for (int n = steps; n > 0; n--) {
                way.add(seen(random.nextInt(0, 600), age + 5 * n));
            }
            var last = seen(random.nextInt(0, 600), age);
            way.add(last);
            var verdict = RULES.judge(PLACE, way, NOON);
            if (verdict.fault() == null) {
                assertThat(last.point().metresTo(PLACE)).isLessThanOrEqualTo(200.5);
                assertThat(age).isLessThanOrEqualTo(180);
                var before = way.get(way.size() - 2);
                assertThat(before.point().metresTo(last.point()) / 5 * 3.6).isLessThan(20);
            }
        }
    }

    private static @Nullable Fault fault(@Nullable GeoPoint place, List<Sighting> way) {
        return RULES.judge(place, way, NOON).fault();
    }

    private static Sighting seen(int metresNorth, int secondsAgo) {
        var point =
                new GeoPoint(PLACE.latitude() + metresNorth / METRES_PER_DEGREE, PLACE.longitude());
        return new Sighting(point, NOON.minusSeconds(secondsAgo));
    }
}
