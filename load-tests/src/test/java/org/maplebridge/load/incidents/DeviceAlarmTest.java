package org.maplebridge.load.incidents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class DeviceAlarmTest {
    @Test
    void aStormRepeatsItselfAndItsSensorsAlarmAgain() {
        var storm = DeviceAlarm.many(10_000, 1, "s");

        long ids = storm.stream().map(DeviceAlarm::id).distinct().count();
        long sensors = storm.stream().map(DeviceAlarm::sensor).distinct().count();
        assertThat(storm).hasSize(10_000);
        assertThat(ids).isBetween(8_800L, 9_200L);
        assertThat(sensors).isBetween(6_700L, 7_300L);
        assertThat(storm.stream().filter(DeviceAlarm::byStream).count()).isBetween(4_500L, 5_500L);
    }

    @Test
    void theSameSeedMakesTheSameStorm() {
        assertThat(DeviceAlarm.many(500, 7, "s")).isEqualTo(DeviceAlarm.many(500, 7, "s"));
    }

    @Test
    void everySensorHasAPlaceOfItsOwn() {
        var places = new HashSet<Object>();
        for (int sensor = 0; sensor < 10_000; sensor++) {
            places.add(new DeviceAlarm("a", sensor, true).asAlarm(Instant.EPOCH).place());
        }
        assertThat(places).hasSize(10_000);
    }

    @Test
    void aSensorSaysTheSameWordsUnderEveryId() {
        var first = new String(new DeviceAlarm("a", 3, false).asReport(Instant.EPOCH), UTF_8);
        var second = new String(new DeviceAlarm("b", 3, false).asReport(Instant.EPOCH), UTF_8);

        assertThat(second.replace("\"b\"", "\"a\"")).isEqualTo(first);
    }
}
