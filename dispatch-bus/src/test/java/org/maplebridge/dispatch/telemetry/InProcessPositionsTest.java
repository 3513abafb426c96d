package org.maplebridge.dispatch.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.UnitId;

class InProcessPositionsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private final InProcessPositions positions = new InProcessPositions();

    @Test
    void anOlderReportDoesNotReplaceANewerOne() {
        positions.report(position("car1", 28.1, NOON.plusSeconds(1)));
        positions.report(position("car1", 28.9, NOON));

        assertThat(positions.of(new UnitId("car1")))
                .contains(position("car1", 28.1, NOON.plusSeconds(1)));
        assertThat(positions.of(new UnitId("car2"))).isEmpty();
    }

    @Test
    void theNearestComeFirstWithinTheCircle() {
        positions.report(position("far", 28.9, NOON));
        positions.report(position("near", 28.001, NOON));
        positions.report(position("nearer", 28.0001, NOON));
        var here = new GeoPoint(28, 121);

        assertThat(positions.nearest(here, 1_000, 10))
                .extracting(position -> position.unit().value())
                .containsExactly("nearer", "near");
        assertThat(positions.nearest(here, 1_000, 1)).hasSize(1);
    }

    private static Position position(String unit, double latitude, Instant at) {
        return new Position(new UnitId(unit), new GeoPoint(latitude, 121), 10.0, at);
    }
}
