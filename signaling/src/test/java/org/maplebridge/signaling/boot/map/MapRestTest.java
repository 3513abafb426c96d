package org.maplebridge.signaling.boot.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.protocol.ClientMessage.PositionMessage.Place;
import org.maplebridge.signaling.protocol.ClientMessage.PositionMessage.PositionReport;

class MapRestTest {
    @TempDir static Path data;
    private static TestNode node;

    @BeforeAll
    static void start() {
        node = TestNode.on(data);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void theDemoCountyHasADrawingForWhoIsSignedIn() {
        var ground = TestNode.json(node.get("car1", "/api/map/ground"));
        assertThat(ground.get("type").asString()).isEqualTo("FeatureCollection");
        assertThat(ground.get("features").toString()).contains("新河镇");
        assertThat(ground.get("features").get(0).get("geometry").get("type").asString())
                .isEqualTo("Polygon");
    }

    @Test
    void theWayOfAUnitIsForWhoMaySendItSomewhereAndWhoLookedStandsInTheAudit() {
        try (var car = node.terminal("car1")) {
            car.snapshot();
            car.say(new PositionReport(new Place(28.4, 121.4), 5.0, Instant.now()));
            Eventually.holds(() ->
                    !TestNode.json(node.get("xinhe", "/api/units/car1/track"))
                            .get("points")
                            .isEmpty());
        }
        var track = TestNode.json(node.get("xinhe", "/api/units/car1/track?minutes=5"));
        assertThat(track.get("points").get(0).get("latitude").asDouble()).isEqualTo(28.4);
        assertThat(node.get("city", "/api/audit?subject=car1").body()).contains("TRACK_READ");

        assertThat(node.get("zeguo", "/api/units/car1/track").statusCode()).isEqualTo(404);
        assertThat(node.get("car2", "/api/units/car1/track").statusCode()).isEqualTo(403);
        assertThat(node.get("xinhe", "/api/units/car1/track?minutes=0").statusCode())
                .isEqualTo(400);
        assertThat(node.get("xinhe", "/api/units/car1/track?minutes=1441").statusCode())
                .isEqualTo(400);
    }
}
