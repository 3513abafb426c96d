package org.maplebridge.dispatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GeoAreaTest {
    private static final GeoArea SQUARE = area(28, 121, 29, 121, 29, 122, 28, 122);

    /// A market with a yard cut out of its north side.
    private static final GeoArea HORSESHOE =
            area(28, 121, 30, 121, 30, 122, 29, 122, 29, 123, 30, 123, 30, 124, 28, 124);

    @Test
    void whoStandsInsideIsFoundAndWhoStandsOutsideIsNot() {
        assertThat(SQUARE.contains(at(28.5, 121.5))).isTrue();
        assertThat(SQUARE.contains(at(27.9, 121.5))).isFalse();
        assertThat(SQUARE.contains(at(29.1, 121.5))).isFalse();
        assertThat(SQUARE.contains(at(28.5, 120.9))).isFalse();
        assertThat(SQUARE.contains(at(28.5, 122.1))).isFalse();
    }

    @Test
    void anAreaMayBeHollowedOut() {
        assertThat(HORSESHOE.contains(at(29.5, 121.5))).isTrue();
        assertThat(HORSESHOE.contains(at(29.5, 123.5))).isTrue();
        assertThat(HORSESHOE.contains(at(29.5, 122.5))).isFalse();
        assertThat(HORSESHOE.contains(at(28.5, 122.5))).isTrue();
        assertThat(HORSESHOE.contains(at(29, 120))).isFalse();
    }

    @Test
    void theBorderAndItsCornersBelongToIt() {
        assertThat(SQUARE.contains(at(28, 121.5))).isTrue();
        assertThat(SQUARE.contains(at(29, 121.5))).isTrue();
        assertThat(SQUARE.contains(at(28.5, 121))).isTrue();
        assertThat(SQUARE.contains(at(28.5, 122))).isTrue();
        SQUARE.corners().forEach(corner -> assertThat(SQUARE.contains(corner)).isTrue());
    }

    @Test
    void itDoesNotMatterWhereOneBeginsAndWhichWayRoundOneGoes() {
        var random = new SplittableRandom(7);
        for (int round = 0; round < 200; round++) {
            var point = at(random.nextDouble(27, 31), random.nextDouble(120, 125));
            var corners = new ArrayList<>(HORSESHOE.corners());
            Collections.rotate(corners, round % corners.size());
            var turned = new GeoArea(corners);
            Collections.reverse(corners);
            var reversed = new GeoArea(corners);

            boolean inside = HORSESHOE.contains(point);

            assertThat(turned.contains(point)).isEqualTo(inside);
            assertThat(reversed.contains(point)).isEqualTo(inside);
        }
    }

    @Test
    void lessThanThreeOrMoreThanSixtyFourCornersAreNoArea() {
        assertThat(GeoArea.isValid(List.of())).isFalse();
        assertThat(GeoArea.isValid(List.of(at(1, 1), at(2, 2)))).isFalse();
        assertThat(GeoArea.isValid(ring(64))).isTrue();
        assertThat(GeoArea.isValid(ring(65))).isFalse();
        assertThatThrownBy(() -> new GeoArea(ring(65)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAreaAcrossTheAntimeridianIsRefused() {
        assertThat(GeoArea.isValid(List.of(at(0, 179), at(1, -179), at(-1, -179)))).isFalse();
        assertThat(GeoArea.isValid(List.of(at(0, -90), at(1, 90), at(-1, 0)))).isFalse();
        assertThat(GeoArea.isValid(List.of(at(0, -60), at(1, 119), at(-1, 0)))).isTrue();
    }

    private static List<GeoPoint> ring(int corners) {
        return IntStream.range(0, corners)
                .mapToObj(i -> 2 * Math.PI * i / corners)
                .map(angle -> at(28 + Math.sin(angle), 121 + Math.cos(angle)))
                .toList();
    }

    private static GeoArea area(double... degrees) {
        return new GeoArea(
                IntStream.range(0, degrees.length / 2)
                        .mapToObj(i -> at(degrees[2 * i], degrees[2 * i + 1]))
                        .toList());
    }

    private static GeoPoint at(double latitude, double longitude) {
        return new GeoPoint(latitude, longitude);
    }
}
