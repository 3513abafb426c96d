package org.maplebridge.dispatch.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.dispatch.telemetry.Plausibility.Verdict.*;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.telemetry.Plausibility.Verdict;

class PlausibilityTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /// A degree of latitude has 111,195 m here.
    private static final double METRES_PER_DEGREE = 111_195;

    @ParameterizedTest(name = "{0} s beside our clock: {1}")
    @CsvSource({
        "61, FROM_THE_FUTURE",
        "60, PLAUSIBLE",
        "0, PLAUSIBLE",
        "-600, PLAUSIBLE",
        "-601, TOO_OLD",
    })
    void aTerminalsClockMayBeALittleWrong(long seconds, Verdict verdict) {
        assertThat(Plausibility.of(at(0, 10.0, NOON.plusSeconds(seconds)), null, NOON))
                .isEqualTo(verdict);
    }

    /// 400 km/h are 111.1 m/s; both radii are given away.
    @ParameterizedTest(name = "{0} m in {1} s, good to {2} m: {3}")
    @CsvSource({
        "110,    1,   0,    PLAUSIBLE",
        "113,    1,   0,    TOO_FAST",
        "113,    1,   10,   PLAUSIBLE",
        "50000,  60,  10,   TOO_FAST",
        "6600,   60,  0,    PLAUSIBLE",
        "50000,  60,  100000, TOO_FAST",
        "0,      0,   0,    PLAUSIBLE",
        "100,    0,   0,    TOO_FAST",
        "50,     0,   ,     PLAUSIBLE",
        "113,    -1,  0,    TOO_FAST",
        "110,    -1,  0,    PLAUSIBLE",
    })
    void nobodyIsInTheNextProvinceASecondLater(
            double metres, long seconds, @Nullable Double accuracy, Verdict verdict) {
        var last = at(0, accuracy, NOON.minusSeconds(120));
        var next = at(metres, accuracy, NOON.minusSeconds(120 - seconds));

        assertThat(Plausibility.of(next, last, NOON)).isEqualTo(verdict);
    }

    @Test
    void twoReportsASecondAreEnough() {
        var rate = new ReportRate(0);

        assertThat(rate.take(0)).isTrue();
        assertThat(rate.take(1)).isTrue();
        assertThat(rate.take(999_999_999)).isFalse();
        assertThat(rate.take(1_000_000_000)).isTrue();
        assertThat(rate.take(1_000_000_000)).isFalse();
        assertThat(rate.take(1_000_000_001)).isTrue();
    }

    private static Position at(double metresNorth, @Nullable Double accuracy, Instant at) {
        var point = new GeoPoint(28 + metresNorth / METRES_PER_DEGREE, 121);
        return new Position(new UnitId("car1"), point, accuracy, at);
    }
}
