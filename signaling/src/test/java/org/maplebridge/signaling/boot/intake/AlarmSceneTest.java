package org.maplebridge.signaling.boot.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.dispatch.model.AlarmId;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.telemetry.Alarm;
import org.maplebridge.dispatch.telemetry.Alarms;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import tools.jackson.databind.JsonNode;

/// Alarms of devices become incidents of the room that their group of devices belongs to.
class AlarmSceneTest {
    @Test
    void alarmsBecomeIncidentsWhateverIsWrongWithThem(@TempDir Path data) {
        try (var node = TestNode.on(data, "--maplebridge.intake.county=28.1,121.0,28.7,121.8")) {
            var alarms = node.bean("alarms", Alarms.class);
            append(alarms, "smoke-1", "daxi-smoke", "B3库 烟雾浓度过高", null, Instant.now());
            var beijing = new GeoPoint(39.9, 116.4);
            var ancient = Instant.parse("1970-01-01T00:00:00Z");
            append(alarms, "stray-1", "unknown-door", "bell \u0007 rings", beijing, ancient);

            Eventually.holds(() -> incident(node, "daxi", "烟雾浓度过高").isPresent());
            var smoke = incident(node, "daxi", "烟雾浓度过高").orElseThrow();
            assertThat(smoke.get("title").asString()).isEqualTo("烟感报警：B3库 烟雾浓度过高");
            assertThat(smoke.get("severity").asString()).isEqualTo("red");
            assertThat(smoke.get("node").asString()).isEqualTo("daxi");
            assertThat(smoke.get("point").get("latitude").asDouble()).isEqualTo(28.4440);

            Eventually.holds(() -> incident(node, "city", "bell").isPresent());
            var stray = incident(node, "city", "bell").orElseThrow();
            assertThat(stray.get("node").asString()).isEqualTo("city");
            assertThat(stray.get("severity").asString()).isEqualTo("orange");
            assertThat(stray.has("point")).isFalse();
        }
    }

    private static Optional<JsonNode> incident(TestNode node, String account, String words) {
        for (var one : TestNode.json(node.get(account, "/api/incidents?limit=500"))) {
            if (one.get("title").asString().contains(words)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    private static void append(
            Alarms alarms,
            String id,
            String source,
            String text,
            @Nullable GeoPoint place,
            Instant at) {
        var alarm = new Alarm(new AlarmId(id), source, "smoke", text, place, at);
        assertThat(alarms.append(alarm)).isEqualTo(Alarms.Intake.TAKEN);
    }
}
