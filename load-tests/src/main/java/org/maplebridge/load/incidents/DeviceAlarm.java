package org.maplebridge.load.incidents;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.maplebridge.dispatch.model.AlarmId;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.telemetry.Alarm;

/// One time that a device reports.
///
/// Pure.
///
/// @param id that its system chose; the same again is the same report said again
/// @param sensor the same one again, under another id, says the very same words
/// @param byStream whether it comes by the store's alarm stream, or else by REST
record DeviceAlarm(String id, int sensor, boolean byStream) {
    /// Of a hundred: sensors that have alarmed before, and reports that are said again.
    private static final int SAME_SENSOR = 20;

    private static final int SAID_AGAIN = 10;

    private static final List<String> TOWNS = List.of("xinhe", "zeguo", "daxi", "songmen");

    /// @param series keeps the ids of several runs apart
    static List<DeviceAlarm> many(int count, long seed, String series) {
        var random = new SplittableRandom(seed);
        var alarms = new ArrayList<DeviceAlarm>();
        int sensors = 0;
        for (int i = 0; i < count; i++) {
            int dice = i == 0 ? 100 : random.nextInt(100);
            if (dice < SAID_AGAIN) {
                alarms.add(alarms.get(random.nextInt(i)));
            } else {
                boolean known = dice < SAID_AGAIN + SAME_SENSOR;
                int sensor = known ? alarms.get(random.nextInt(i)).sensor() : sensors++;
                // the two doors word the same thing differently
                alarms.add(new DeviceAlarm(series + "-" + i, sensor, sensor % 2 == 0));
            }
        }
        return alarms;
    }

    /// As the store's stream takes it.
    Alarm asAlarm(Instant now) {
        return new Alarm(
                new AlarmId(id), "sensor-" + sensor, "smoke", "烟感 " + sensor + " 报警", point(), now);
    }

    /// As `POST /api/intake/reports` takes it.
    byte[] asReport(Instant now) {
        var point = point();
        return """
        {"externalId":"%s","source":"device","title":"烟感 %d 报警","text":"浓度超限",\
        "kind":"smoke","severity":"orange","place":"厂房 %d","node":"%s",\
        "point":{"latitude":%s,"longitude":%s},"occurredAt":"%s"}\
        """
                .formatted(
                        id,
                        sensor,
                        sensor,
                        TOWNS.get(sensor % TOWNS.size()),
                        point.latitude(),
                        point.longitude(),
                        now)
                .getBytes(UTF_8);
    }

    private GeoPoint point() {
        return new GeoPoint(28.3 + sensor % 200 / 1_000.0, 121.3 + sensor / 200 % 200 / 1_000.0);
    }
}
