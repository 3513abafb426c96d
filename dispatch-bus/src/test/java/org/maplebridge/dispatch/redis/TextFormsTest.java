package org.maplebridge.dispatch.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.dispatch.model.AlarmId;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.telemetry.Alarm;
import org.maplebridge.dispatch.telemetry.Position;

/// What is written to Redis is read again; what somebody else wrote there is not believed.
class TextFormsTest {
    private static final Instant AT = Instant.parse("2026-11-21T06:31:07.250Z");
    private static final long NOW = AT.plusSeconds(3).toEpochMilli();
    private static final UnitId CAR = new UnitId("car1");

    @Test
    void aPositionIsOneLineThatAPersonCanRead() {
        var position = new Position(CAR, new GeoPoint(28.3702, 121.3667), 8.5, AT);

        assertThat(PositionText.of(position)).isEqualTo("1,1795242667250,283702000,1213667000,850");
        assertThat(PositionText.read(CAR, PositionText.of(position), NOW)).contains(position);
    }

    @Test
    void theEndsOfTheEarthAndAnUnknownAccuracyAreKept() {
        var south = new Position(CAR, new GeoPoint(-90, -180), null, AT);
        var absurd = new Position(CAR, new GeoPoint(90, 180), Double.MAX_VALUE, AT);

        assertThat(PositionText.read(CAR, PositionText.of(south), NOW)).contains(south);
        assertThat(PositionText.read(CAR, PositionText.of(absurd), NOW))
                .hasValueSatisfying(read -> assertThat(read.accuracyMetres()).isEqualTo(100_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "2,1795242667250,283702000,1213667000,850",
                "1,1795242667250,283702000,1213667000",
                "1,1795242667250,283702000,1213667000,850,",
                "1,1795242667250,983702000,1213667000,850",
                "1,1795242667250,283702000,1813667000,850",
                "1,1795242667250,NaN,1213667000,850",
                "1,99999999999999999999,283702000,1213667000,850",
                "1,-1,283702000,1213667000,850",
                "1,1795242667250,283702000,1213667000,-850",
                "1,٣,283702000,1213667000,850",
                "1,1795242667250,283702000,1213667000,850\n",
            })
    void whatIsNoPositionIsNotBelieved(String line) {
        assertThat(PositionText.read(CAR, line, NOW)).isEmpty();
    }

    @Test
    void aPositionFromTheFutureIsNotBelievedBecauseNothingNewerWouldEverCome() {
        var position = new Position(CAR, new GeoPoint(28, 121), 8.5, AT);
        long early = AT.toEpochMilli() - PositionText.AHEAD_MILLIS;

        assertThat(PositionText.read(CAR, PositionText.of(position), early)).isPresent();
        assertThat(PositionText.read(CAR, PositionText.of(position), early - 1)).isEmpty();
    }

    @Test
    void noDamagedLineThrows() {
        var random = new SplittableRandom(4711);
        var line =
                PositionText.of(new Position(CAR, new GeoPoint(28.3702, 121.3667), 8.5, AT))
                        .toCharArray();
        for (int round = 0; round < 100_000; round++) {
            var damaged = line.clone();
            for (int hits = random.nextInt(1, 6); hits > 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (char) random.nextInt(32, 128);
            }
            var _ = PositionText.read(CAR, new String(damaged), NOW);
        }
    }

    @Test
    void anAlarmIsReadAsItWasWritten() {
        var alarm =
                new Alarm(
                        new AlarmId("a-1"),
                        "110",
                        "fire",
                        "浓烟\n二楼",
                        new GeoPoint(28.3702, -121.3667),
                        AT);

        assertThat(AlarmFields.read(fields(alarm))).contains(alarm);
    }

    @ParameterizedTest
    @CsvSource({
        "v,2",
        "id,a b",
        "source,''",
        "kind,a/b",
        "text,''",
        "at,-1",
        "at,soon",
        "lat,91",
        "lat,NaN",
        "lat,1e9",
        "lon,-181",
        "lon,''"
    })
    void whatIsNoAlarmIsNotBelieved(String field, String value) {
        var fields =
                fields(
                        new Alarm(
                                new AlarmId("a-1"),
                                "110",
                                "fire",
                                "smoke",
                                new GeoPoint(28, 121),
                                AT));
        fields.put(field, value);
        assertThat(AlarmFields.read(fields)).isEmpty();

        fields.remove(field);
        assertThat(AlarmFields.read(fields)).isEmpty();
    }

    private static Map<String, String> fields(Alarm alarm) {
        var flat = AlarmFields.of(alarm);
        var fields = new HashMap<String, String>();
        for (int i = 0; i < flat.size(); i += 2) {
            fields.put(flat.get(i), flat.get(i + 1));
        }
        return fields;
    }
}
