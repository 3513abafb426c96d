package org.maplebridge.signaling.boot.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.dispatch.model.AlarmId;
import org.maplebridge.dispatch.telemetry.Alarm;
import org.maplebridge.dispatch.telemetry.Alarms;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.intake.AlarmDesk;

/// Two nodes, one record and one Redis: each alarm becomes one incident.
class SharedAlarmsTest {
    private static final int ALARMS = 60;

    @TempDir Path redisFolder;

    @Test
    void eachAlarmIsWorkedOffByOneNodeOrTheOther() throws Exception {
        try (var redis = TestRedis.startIn(redisFolder)) {
            var settings = List.of("--maplebridge.redis.url=" + redis.url());
            var nodes = TestNode.cluster(List.of(settings, settings));
            try (var one = nodes.get(0);
                    var other = nodes.get(1)) {
                for (int i = 0; i < ALARMS; i++) {
                    var alarms = (i % 2 == 0 ? one : other).bean("alarms", Alarms.class);
                    Eventually.holds(append(alarms, "smoke-" + i));
                }

                Eventually.holds(() -> worked(one) + worked(other) >= ALARMS);
                assertThat(worked(one) + worked(other)).isEqualTo(ALARMS);
                var titles = new HashMap<String, Integer>();
                for (var incident : TestNode.json(one.get("daxi", "/api/incidents?limit=500"))) {
                    titles.merge(incident.get("title").asString(), 1, Integer::sum);
                }
                for (int i = 0; i < ALARMS; i++) {
                    assertThat(titles).containsEntry("烟感报警：smoke-" + i, 1);
                }
            }
        }
    }

    private static BooleanSupplier append(Alarms alarms, String id) {
        var alarm = new Alarm(new AlarmId(id), "daxi-smoke", "smoke", id, null, Instant.now());
        return () -> {
            var intake = alarms.append(alarm);
            return intake == Alarms.Intake.TAKEN || intake == Alarms.Intake.REPEATED;
        };
    }

    private static long worked(TestNode node) {
        return node.bean("alarmDesk", AlarmDesk.class).worked();
    }
}
