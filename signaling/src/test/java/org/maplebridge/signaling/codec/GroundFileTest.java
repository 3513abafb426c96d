package org.maplebridge.signaling.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.Datum;
import org.maplebridge.signaling.map.Ground;
import org.maplebridge.signaling.map.Ground.Shape;

class GroundFileTest {
    @Test
    void shapesAreTakenWithTheirNamesAndNothingElse() {
        var ground =
                read(
                        feature(
                                "\"name\":\"新河镇\",\"kind\":\"boundary\",\"secret\":\"x\"",
                                "Polygon",
                                "[[[121.4,28.4,7.0],[121.5,28.4],[121.5,28.5],[121.4,28.4]]]"));

        assertThat(ground.features()).hasSize(1);
        var town = ground.features().getFirst();
        assertThat(town.name()).isEqualTo("新河镇");
        assertThat(town.kind()).isEqualTo("boundary");
        assertThat(town.shape()).isEqualTo(Shape.AREA);
        assertThat(((List<?>) town.coordinates().getFirst()).getFirst())
                .isEqualTo(List.of(121.4, 28.4));
    }

    /// Tiananmen as public maps of China draw it.
    @Test
    void aFileInAnotherDatumIsTurnedIntoOurs() {
        var text = feature("", "Point", "[116.41024449916938,39.91640428150164]");
        var point = GroundFile.read(bytes(text), Datum.GCJ_02).features().getFirst().coordinates();
        assertThat((Double) point.get(0)).isCloseTo(116.404, within(1e-7));
        assertThat((Double) point.get(1)).isCloseTo(39.915, within(1e-7));
    }

    @Test
    void whatIsNoGroundIsRefusedInASentence() {
        assertRefused("{", "is no JSON");
        assertRefused("[]", "is no GeoJSON FeatureCollection");
        assertRefused(feature("", "GeometryCollection", "[]"), "feature 1 is a GeometryCollection");
        assertRefused(feature("", "Polygon", "[121.4,28.4]"), "coordinates that are none");
        assertRefused(feature("", "Point", "[\"a\",\"b\"]"), "coordinates that are none");
        assertRefused(feature("", "LineString", "[]"), "coordinates that are none");
        assertRefused(feature("", "Point", "[500,28]"), "not on earth");
        assertRefused("[".repeat(5_000), "is no JSON");
        var long1 = "[121.4,28.4],".repeat(Ground.MOST_POINTS) + "[121.4,28.4]";
        assertRefused(feature("", "LineString", "[" + long1 + "]"), "simplify the file");
    }

    private static void assertRefused(String text, String why) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    private static Ground read(String text) {
        return GroundFile.read(bytes(text), Datum.WGS_84);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String feature(String properties, String type, String coordinates) {
        return """
        {"type":"FeatureCollection","features":[{"type":"Feature","properties":{%s},
        "geometry":{"type":"%s","coordinates":%s}}]}
        """
                .formatted(properties, type, coordinates);
    }
}
