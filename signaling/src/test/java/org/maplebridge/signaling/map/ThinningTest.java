package org.maplebridge.signaling.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.telemetry.Position;

class ThinningTest {
    @Test
    void aShortWayStaysAsItIs() {
        var way = standing(10);
        assertThat(Thinning.thinned(way, 10)).isSameAs(way);
        assertThat(Thinning.thinned(List.of(), 2)).isEmpty();
    }

    @Test
    void whoStoodForHoursIsABeginningAndAnEnd() {
        var way = standing(5_000);
        assertThat(Thinning.thinned(way, 100)).containsExactly(way.getFirst(), way.getLast());
    }

    @Test
    void aLongWayKeepsItsShapeAndItsEnds() {
        var way =
                IntStream.range(0, 10_000)
                        .mapToObj(second -> at(second, 28 + second * 1e-4))
                        .toList();
        var kept = Thinning.thinned(way, 1_000);
        assertThat(kept).hasSizeLessThanOrEqualTo(1_000).hasSizeGreaterThan(400);
        assertThat(kept.getFirst()).isEqualTo(way.getFirst());
        assertThat(kept.getLast()).isEqualTo(way.getLast());
        assertThat(way).containsSubsequence(kept);
    }

    private static List<Position> standing(int seconds) {
        return IntStream.range(0, seconds).mapToObj(second -> at(second, 28.37)).toList();
    }

    private static Position at(int second, double latitude) {
        return new Position(
                new UnitId("car1"),
                new GeoPoint(latitude, 121.37),
                5.0,
                Instant.EPOCH.plusSeconds(second));
    }
}
