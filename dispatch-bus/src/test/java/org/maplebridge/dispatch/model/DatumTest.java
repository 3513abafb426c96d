package org.maplebridge.dispatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DatumTest {
    private static final GeoPoint TIANANMEN = new GeoPoint(39.915, 116.404);

    /// The published example of several independent converters.
    @Test
    void aPlaceIsDrawnWherePublicMapsOfChinaHaveIt() {
        var drawn = Gcj02.shift(TIANANMEN);
        assertThat(drawn.latitude()).isCloseTo(39.91640428150164, within(1e-9));
        assertThat(drawn.longitude()).isCloseTo(116.41024449916938, within(1e-9));
    }

    @Test
    void wherePlacesOfTheCountryAreDrawnTheyAreFoundAgainToAMillimetre() {
        var random = new Random(20);
        for (int i = 0; i < 1_000; i++) {
            var place = new GeoPoint(20 + random.nextDouble() * 30, 80 + random.nextDouble() * 50);
            var found = Datum.GCJ_02.toWgs84(Gcj02.shift(place));
            assertThat(found.metresTo(place)).isLessThan(0.001);
        }
    }

    @Test
    void whatIsNotShiftedStaysWhereItIs() {
        var paris = new GeoPoint(48.8584, 2.2945);
        assertThat(Datum.GCJ_02.toWgs84(paris)).isEqualTo(paris);
        assertThat(Datum.WGS_84.toWgs84(TIANANMEN)).isEqualTo(TIANANMEN);
        assertThat(Datum.CGCS_2000.toWgs84(TIANANMEN)).isEqualTo(TIANANMEN);
        var edge = new GeoPoint(55.8271, 137.8347);
        assertThat(Datum.GCJ_02.toWgs84(edge).metresTo(edge)).isLessThan(2_000);
    }

    @Test
    void aDatumIsNamedAsPeopleWriteIt() {
        assertThat(Datum.ofCode("GCJ-02")).contains(Datum.GCJ_02);
        assertThat(Datum.ofCode("BD-09")).isEmpty();
    }
}
