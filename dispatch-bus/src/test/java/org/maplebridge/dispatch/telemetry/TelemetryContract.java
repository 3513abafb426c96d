package org.maplebridge.dispatch.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.UnitId;

/// What positions and tracks promise, whoever keeps them. What is reported at one node is asked for
/// at another; where nothing is shared these are the same.
public abstract class TelemetryContract extends AlarmsContract {
    protected static final TrackLimits LIMITS =
            new TrackLimits(Duration.ofHours(2), 100, 1_000_000);

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final GeoPoint MIDDLE = new GeoPoint(28.37, 121.36);

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final Instant yesterday = now.minus(Duration.ofHours(24));

    /// Makes units of one test unknown to the others, which may share a store.
    private final String mark = "u" + COUNT.incrementAndGet() + "-";

    @Test
    void whatOneNodeIsToldAllKnow() {
        var exact = position("exact", 28.3702, 121.3667, 8.5, now);
        var vague = position("vague", -28.3702, -121.3667, null, now);
        here().positions().report(exact);
        here().positions().report(vague);

        Eventually.holds(() -> {
            assertThat(there().positions().of(exact.unit())).contains(exact);
            assertThat(there().positions().of(vague.unit())).contains(vague);
            assertThat(there().positions().all()).contains(exact, vague);
        });
        assertThat(there().positions().of(new UnitId(mark + "nobody"))).isEmpty();
    }

    @Test
    void anOlderReportNeverReplacesANewerOneWhicheverNodeIsTold() {
        var newer = position("car", 28.1, 121, 10.0, now);
        var older = position("car", 28.9, 121, 10.0, now.minusSeconds(1));
        var mate = position("mate", 28.9, 121, 10.0, now);
        here().positions().report(newer);
        Eventually.holds(() -> assertThat(there().positions().of(newer.unit())).contains(newer));
        there().positions().report(older);
        there().positions().report(mate); // when it has come across, so has the older one

        Eventually.holds(() -> assertThat(here().positions().of(mate.unit())).contains(mate));
        assertThat(here().positions().of(newer.unit())).contains(newer);
        assertThat(there().positions().of(newer.unit())).contains(newer);
    }

    @Test
    void theNearestComeFirstWithinTheCircle() {
        var far = position("far", 29.37, 121.36, 10.0, now);
        var near = position("near", 28.371, 121.36, 10.0, now);
        var nearer = position("nearer", 28.3701, 121.36, 10.0, now);
        var silent = position("silent", 28.37001, 121.36, 10.0, now.minusSeconds(600));
        List.of(far, near, nearer, silent).forEach(here().positions()::report);

        var since = now.minusSeconds(300);
        Eventually.holds(() ->
                assertThat(found(there().positions().nearest(MIDDLE, 1_000, 10, since)))
                        .containsExactly(nearer, near));
        assertThat(found(there().positions().nearest(MIDDLE, 1_000, 1, since)))
                .containsExactly(nearer);
        assertThat(found(there().positions().nearest(MIDDLE, 200_000, 10, yesterday)))
                .containsExactly(silent, nearer, near, far);
        assertThat(there().positions().nearest(MIDDLE, 1_000, 1, yesterday).getFirst())
                .satisfies(best -> {
                    assertThat(best.metres()).isBetween(1.0, 1.3);
                    assertThat(best.age(now)).isEqualTo(Duration.ofMinutes(10));
                });
    }

    @Test
    void aTrackIsReadBetweenTwoInstantsInItsOrder() {
        var way = way("car", 5, now.minusSeconds(60));
        way.forEach(here().tracks()::append);
        var unit = way.getFirst().unit();

        Eventually.holds(() ->
                assertThat(there().tracks().between(unit, yesterday, now, 100)).isEqualTo(way));
        assertThat(there().tracks().between(unit, way.get(1).at(), way.get(3).at(), 100))
                .isEqualTo(way.subList(1, 4));
        assertThat(there().tracks().between(unit, way.get(1).at(), now, 2))
                .isEqualTo(way.subList(1, 3));
        assertThat(there().tracks().between(unit, now, now.plusSeconds(9), 100)).isEmpty();
        assertThat(there().tracks().between(unit, now, yesterday, 100)).isEmpty();
        assertThat(there().tracks().between(new UnitId(mark + "nobody"), yesterday, now, 100))
                .isEmpty();
    }

    @Test
    void aPointThatIsSaidAgainOrTooLateIsLeftOut() {
        var way = way("car", 3, now.minusSeconds(60));
        way.forEach(here().tracks()::append);
        way.forEach(here().tracks()::append);
        here().tracks().append(way("car", 1, now.minusSeconds(61)).getFirst());
        here().tracks().append(way("mate", 1, now).getFirst());

        var mate = new UnitId(mark + "mate");
        Eventually.holds(
                () -> assertThat(there().tracks().between(mate, yesterday, now, 100)).hasSize(1));
        assertThat(there().tracks().between(way.getFirst().unit(), yesterday, now, 100))
                .isEqualTo(way);
    }

    @Test
    void aTrackIsBoundedByCountAndByAge() {
        var old = way("car", 3, now.minus(Duration.ofHours(3)));
        var way = way("car", 1_000, now.minusSeconds(1_500));
        old.forEach(here().tracks()::append);
        way.forEach(here().tracks()::append);
        var unit = way.getFirst().unit();

        Eventually.holds(() ->
                assertThat(there().tracks().between(unit, way.get(950).at(), now, 100))
                        .isEqualTo(way.subList(950, 1_000)));
        // what is shared is cut by blocks of a hundred
        int block = 100;
        int most = LIMITS.pointsOfUnit() + block;
        assertThat(there().tracks().between(unit, yesterday, way.get(999 - most).at(), 10_000))
                .isEmpty();
    }

    private List<Position> way(String unit, int points, Instant from) {
        return IntStream.range(0, points)
                .mapToObj(i ->
                        position(unit, (283_700 + i) / 10_000.0, 121.36, 8.5, from.plusSeconds(i)))
                .toList();
    }

    private static List<Position> found(List<Near> near) {
        return near.stream().map(Near::position).toList();
    }

    private Position position(
            String unit, double latitude, double longitude, @Nullable Double accuracy, Instant at) {
        return new Position(
                new UnitId(mark + unit), new GeoPoint(latitude, longitude), accuracy, at);
    }
}
