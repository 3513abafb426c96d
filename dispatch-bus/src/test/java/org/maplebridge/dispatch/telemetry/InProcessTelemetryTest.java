package org.maplebridge.dispatch.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.UnitId;

class InProcessTelemetryTest extends TelemetryContract {
    private final Telemetry telemetry =
            new InProcessTelemetry(LIMITS, CLAIM_AFTER, InstantSource.system(), System::nanoTime);

    @Override
    protected Telemetry here() {
        return telemetry;
    }

    @Override
    protected Telemetry there() {
        return telemetry;
    }

    @Test
    void memoryHasABoundForAllTracksTogether() {
        var now = Instant.now();
        var tracks =
                new InProcessTracks(
                        new TrackLimits(Duration.ofHours(1), 100, 30), InstantSource.fixed(now));
        for (int i = 0; i < 50; i++) {
            tracks.append(position("one", now.minusSeconds(100 - i)));
            tracks.append(position("two", now.minusSeconds(100 - i)));
        }

        var one = tracks.between(new UnitId("one"), now.minusSeconds(999), now, 100);
        var two = tracks.between(new UnitId("two"), now.minusSeconds(999), now, 100);
        assertThat(one.size() + two.size()).isEqualTo(30);
        assertThat(one.getLast().at()).isEqualTo(two.getLast().at());
    }

    @Test
    void whoWasSilentLongestMakesRoomForWhoIsOneTooMany() {
        var now = Instant.now();
        var positions = telemetry.positions();
        for (int i = 0; i <= Positions.MOST_UNITS; i++) {
            positions.report(position("u" + i, now.plusSeconds(i)));
        }

        assertThat(positions.all()).hasSize(Positions.MOST_UNITS);
        assertThat(positions.of(new UnitId("u0"))).isEmpty();
        assertThat(positions.of(new UnitId("u" + Positions.MOST_UNITS))).isPresent();
    }

    private static Position position(String unit, Instant at) {
        return new Position(new UnitId(unit), new GeoPoint(28, 121), 10.0, at);
    }
}
