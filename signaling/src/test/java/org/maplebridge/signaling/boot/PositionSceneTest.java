package org.maplebridge.signaling.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.protocol.ClientMessage.PositionMessage.Place;
import org.maplebridge.signaling.protocol.ClientMessage.PositionMessage.PositionReport;
import org.maplebridge.signaling.protocol.ServerMessage.PositionNews.PositionsChanged;
import org.maplebridge.signaling.protocol.ServerMessage.PositionNews.UnitPosition;

/// Where the cars are, for those who see them.
class PositionSceneTest {
    private final TestNode node = TestNode.shared();

    @Test
    void theRoomIsToldWhereItsCarIsAndFindsItInTheSnapshot() {
        try (var room = node.console("daxi");
                var stranger = node.console("xinhe");
                var car = node.terminal("daxi-car1")) {
            room.snapshot();
            stranger.snapshot();
            var at = Instant.now().minusSeconds(3);
            assertThat(car.verdict(report(28.3701, at))).isEqualTo("ok");
            assertThat(car.verdict(report(28.3702, at.plusSeconds(2)))).isEqualTo("ok");

            Eventually.holds(() -> latest(room).equals(Optional.of(28.3702)));
            Eventually.holds(() -> latest(car).equals(Optional.of(28.3702)));
            try (var late = node.console("city")) {
                assertThat(late.snapshot().positions())
                        .anySatisfy(position -> {
                            assertThat(position.unit()).isEqualTo("daxi-car1");
                            assertThat(position.accuracyMetres()).isEqualTo(8.5);
                        });
            }
            assertThat(stranger.snapshot().positions())
                    .noneMatch(position -> position.unit().startsWith("daxi"));
            assertThat(stranger.frames().toString()).doesNotContain("28.3702");
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        try (var car = node.terminal("daxi-car2")) {
            car.snapshot();
            var now = Instant.now();
            assertThat(car.verdict(report(28.37, now.plusSeconds(120)))).isEqualTo("malformed");
            assertThat(car.verdict(report(28.37, now.minusSeconds(700)))).isEqualTo("malformed");
        }
        try (var car = node.terminal("daxi-car2")) {
            car.snapshot();
            var now = Instant.now();
            assertThat(car.verdict(report(28.37, now.minusSeconds(30)))).isEqualTo("ok");
            assertThat(car.verdict(report(29.37, now))).isEqualTo("malformed");
            assertThat(car.verdict(report(28.3701, now))).isEqualTo("too-many");
        }
    }

    @Test
    void onlyAUnitsTerminalSaysWhereItIs() {
        try (var room = node.console("daxi");
                var admin = node.terminal("admin")) {
            room.snapshot();
            admin.snapshot();
            assertThat(room.verdict(report(28.37, Instant.now()))).isEqualTo("not-allowed");
            assertThat(admin.verdict(report(28.37, Instant.now()))).isEqualTo("not-allowed");
        }
    }

    private static Optional<Double> latest(TestSocket socket) {
        return socket.frames().stream()
                .map(frame -> frame.message())
                .filter(PositionsChanged.class::isInstance)
                .flatMap(message -> ((PositionsChanged) message).positions().stream())
                .filter(position -> position.unit().equals("daxi-car1"))
                .map(UnitPosition::latitude)
                .reduce((_, later) -> later);
    }

    private static PositionReport report(double latitude, Instant at) {
        return new PositionReport(new Place(latitude, 121.36), 8.5, at);
    }
}
