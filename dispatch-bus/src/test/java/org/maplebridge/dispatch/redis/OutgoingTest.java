package org.maplebridge.dispatch.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.telemetry.Position;

class OutgoingTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private final Outgoing outgoing = new Outgoing();

    @Test
    void ofEachUnitTheNewestPositionWaits() {
        outgoing.position(position("car1", 1));
        outgoing.position(position("car1", 3));
        outgoing.position(position("car2", 2));
        outgoing.position(position("car1", 2));

        assertThat(outgoing.take().newest())
                .containsExactly(position("car1", 3), position("car2", 2));
        assertThat(outgoing.take().isEmpty()).isTrue();
    }

    @Test
    void whatCouldNotBeWrittenComesAgainUnlessThereIsNewer() {
        outgoing.position(position("car1", 1));
        outgoing.position(position("car2", 1));
        outgoing.point(position("car1", 1));
        outgoing.point(position("car1", 2));
        var batch = outgoing.take();
        outgoing.position(position("car1", 3));
        outgoing.point(position("car1", 3));

        outgoing.putBack(batch);

        var again = outgoing.take();
        assertThat(again.newest())
                .containsExactlyInAnyOrder(position("car1", 3), position("car2", 1));
        assertThat(again.points())
                .containsExactly(position("car1", 1), position("car1", 2), position("car1", 3));
        assertThat(outgoing.lost()).isZero();
    }

    @Test
    void beyondTheBoundTheOldestPointsAreGivenUpAndCounted() {
        for (int i = 0; i < Outgoing.MOST_POINTS + 5; i++) {
            outgoing.point(position("car1", i));
        }
        assertThat(outgoing.lost()).isEqualTo(5);

        var batch = outgoing.take();
        assertThat(batch.points()).hasSize(Outgoing.POINTS_IN_A_BATCH);
        assertThat(batch.points().getFirst()).isEqualTo(position("car1", 5));
        for (int i = 0; i < 10; i++) {
            outgoing.point(position("car1", Outgoing.MOST_POINTS + 5 + i));
        }
        outgoing.putBack(batch);
        assertThat(outgoing.lost()).isEqualTo(15);
        assertThat(outgoing.take().points().getFirst()).isEqualTo(position("car1", 15));
    }

    private static Position position(String unit, long second) {
        return new Position(
                new UnitId(unit), new GeoPoint(28, 121), null, NOON.plusSeconds(second));
    }
}
