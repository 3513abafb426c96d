package org.maplebridge.signaling.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.signaling.boot.Talk.GROUP;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.protocol.ClientMessage.BurstMessage.BurstHeard;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRelease;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupLeave;
import org.maplebridge.signaling.protocol.ServerMessage.BurstNews.Burst;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorGranted;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorIdle;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorTaken;

/// What was said, for those who heard it, those who missed it and those whom it is no business of.
class BurstSceneTest {
    private final TestNode node = TestNode.shared();

    @Test
    void everyMemberIsToldWhetherItCouldHear() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia();
                var deaf = node.terminal("car2");
                var city = node.console("city");
                var zeguo = node.console("zeguo").withMedia()) {
            deaf.snapshot();
            city.snapshot();

            var burst = Talk.in(GROUP, car, room);

            assertThat(burst.call()).isEqualTo(GROUP);
            assertThat(burst.talker().unit()).isEqualTo("car1");
            assertThat(burst.durationMs()).isEqualTo(1_200);
            assertThat(node.journal("xinhe"))
                    .as("the hash of what was said")
                    .containsPattern(
                            "\"burst\":\"" + burst.id() + "\"[^}]*\"sha256\":\"[0-9a-f]{64}\"");
            assertThat(burst.audio()).isTrue();
            assertThat(burst.heard()).isTrue();
            assertThat(burst.order()).isNull();
            assertThat(Talk.ended(car, burst.id()).heard()).isTrue();
            assertThat(Talk.ended(deaf, burst.id()).heard()).isFalse();
            assertThat(city.frames().toString()).doesNotContain(burst.id());
            assertThat(zeguo.frames().toString()).doesNotContain(burst.id());
        }
    }

    @Test
    void whoWasAwayFindsItAndMarksItHeard() {
        Burst burst;
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            burst = Talk.in(GROUP, room, car);
        }
        try (var away = node.terminal("car2");
                var other = node.terminal("car1")) {
            assertThat(away.snapshot().missed()).extracting(Burst::id).contains(burst.id());
            assertThat(other.snapshot().missed()).extracting(Burst::id).doesNotContain(burst.id());
            assertThat(missed("car2")).contains(burst.id());
            assertThat(missed("car1")).doesNotContain(burst.id());

            assertThat(away.verdict(new BurstHeard(List.of(burst.id(), "no-such"))))
                    .isEqualTo("ok");
            assertThat(away.verdict(new BurstHeard(List.of(burst.id())))).isEqualTo("ok");
            assertThat(missed("car2")).doesNotContain(burst.id());
        }
        try (var again = node.terminal("car2")) {
            assertThat(again.snapshot().missed()).extracting(Burst::id).doesNotContain(burst.id());
        }
        assertThat(node.get("car2", "/api/bursts/" + burst.id()).body()).contains("\"heard\":true");
    }

    @Test
    void whoListensToSomethingElseMissesIt() {
        try (var room = node.console("xinhe").withMedia();
                var police = node.console("xinhe-police").withMedia();
                var car = node.terminal("car1").withMedia()) {
            assertThat(police.verdict(new GroupLeave(GROUP, null))).isEqualTo("ok");

            var burst = Talk.in(GROUP, car, room);

            assertThat(Talk.ended(police, burst.id()).heard()).isFalse();
        }
    }

    @Test
    void aSlipOfTheFingerIsNobodysMissedCall() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            node.relay().speaks(120);
            car.verdict(Talk.press(GROUP));
            car.await(FloorGranted.class);
            room.await(FloorTaken.class, taken -> taken.call().equals(GROUP));
            room.forget();
            car.verdict(new FloorRelease(GROUP));
            room.await(FloorIdle.class, idle -> idle.call().equals(GROUP));
            node.relay().speaks(1_200);
            Talk.in(GROUP, room, car); // comes behind it on the same road

            assertThat(Talk.ofMillis(car, 120)).isEmpty();
            assertThat(node.get("xinhe", "/api/bursts?call=" + GROUP).body())
                    .contains("\"durationMs\":120,");
            assertThat(node.get("car2", "/api/bursts?missed=true").body())
                    .doesNotContain("\"durationMs\":120,");
        } finally {
            node.relay().speaks(1_200);
        }
    }

    @Test
    void whenTheRelayCannotWriteTheFactIsKept() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            node.relay().speaks(-1);
            car.verdict(Talk.press(GROUP));
            var granted = car.await(FloorGranted.class);
            assertThat(granted.call()).isEqualTo(GROUP);
            Talk.lastAtLeast(300);
            car.verdict(new FloorRelease(GROUP));

            var burst = Talk.firstEnded(room);
            assertThat(burst.audio()).isFalse();
            assertThat(burst.durationMs()).isGreaterThanOrEqualTo(300);
            assertThat(node.get("car1", "/api/bursts/" + burst.id() + "/audio").statusCode())
                    .isEqualTo(404);
        } finally {
            node.relay().speaks(1_200);
        }
    }

    @Test
    void badMarksAreRefused() {
        try (var admin = node.console("admin");
                var car = node.terminal("car1")) {
            assertThat(admin.verdict(new BurstHeard(List.of("b")))).isEqualTo("not-allowed");
            assertThat(car.verdict(new BurstHeard(List.of("no id!")))).isEqualTo("malformed");
            assertThat(car.verdict(new BurstHeard(List.of()))).isEqualTo("malformed");
        }
    }

    private String missed(String account) {
        return node.get(account, "/api/bursts?missed=true").body();
    }
}
