package org.maplebridge.dispatch.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.UnitId;

class TrackPieceTest {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00.123Z");
    private static final UnitId CAR = new UnitId("car1");

    @Test
    void whatWasWrittenIsRead() {
        var way =
                List.of(
                        point(0, 28.375, 121.372),
                        point(1_000, 28.375012, 121.371988),
                        point(61_500, -28.5, 180));
        var piece = TrackPiece.of(CAR, way);
        assertThat(piece.points())
                .isEqualTo("0,28375000,121372000 1000,12,-12 60500,-56875012,58628012");
        assertThat(piece.from()).isEqualTo(NOON);
        assertThat(piece.until()).isEqualTo(NOON.plusMillis(61_500));
        assertThat(piece.read()).isEqualTo(way);
    }

    @Test
    void theLongestPieceHasRoom() {
        var wild =
                IntStream.range(0, TrackPiece.MOST_POINTS)
                        .mapToObj(i -> point(i * 86_400_000L, i % 2 * 178 - 89, i % 2 * 358 - 179))
                        .toList();
        assertThat(TrackPiece.of(CAR, wild).points()).hasSizeLessThan(TrackPiece.MAX_CHARS);
    }

    @Test
    void nothingIsNoPiece() {
        assertThatThrownBy(() -> TrackPiece.of(CAR, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static TrackPiece.Point point(long millis, double latitude, double longitude) {
        return new TrackPiece.Point(NOON.plusMillis(millis), new GeoPoint(latitude, longitude));
    }
}
