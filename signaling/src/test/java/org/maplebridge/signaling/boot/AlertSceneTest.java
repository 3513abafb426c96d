package org.maplebridge.signaling.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.signaling.protocol.ClientMessage.AlertMessage.AlertCancel;
import org.maplebridge.signaling.protocol.ClientMessage.AlertMessage.AlertRaise;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallTier;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRelease;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupAffiliate;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupClose;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupLeave;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupMake;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import org.maplebridge.signaling.protocol.ClientMessage.PositionMessage.Place;
import org.maplebridge.signaling.protocol.ClientMessage.PositionMessage.PositionReport;
import org.maplebridge.signaling.protocol.ServerMessage.AlertNews.Alert;
import org.maplebridge.signaling.protocol.ServerMessage.AlertNews.AlertChanged;
import org.maplebridge.signaling.protocol.ServerMessage.AlertNews.Phase;
import org.maplebridge.signaling.protocol.ServerMessage.AlertNews.Point;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorGranted;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorTaken;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorTier;
import org.maplebridge.signaling.scene.Sources;

/// Somebody needs help: from the cry to its end, on a node that counts down for one second.
class AlertSceneTest {
    private static final String GROUP = "group-xinhe";

    @TempDir Path data;

    private final TestNode node = TestNode.hasty();
    private final String id = UUID.randomUUID().toString();

    @Test
    void everybodyIsToldAtOnceAndTheCarIsHeardWhenTheCountdownIsOver() {
        try (var room = node.console("xinhe").withMedia();
                var police = node.console("xinhe-police");
                var other = node.terminal("car2");
                var stranger = node.terminal("zeguo-car1");
                var car = node.terminal("car1").withMedia()) {
            police.snapshot();
            other.snapshot();
            stranger.snapshot();
            var at = new Place(28.3702, 121.3667);
            assertThat(car.verdict(new AlertRaise(id, Severity.RED, null, at))).isEqualTo("ok");

            var pending = changed(room, Phase.PENDING);
            assertThat(pending.unit()).isEqualTo("car1");
            assertThat(pending.by()).contains("新河");
            assertThat(pending.group()).isEqualTo(GROUP);
            assertThat(pending.position()).isEqualTo(new Point(28.3702, 121.3667));
            assertThat(pending.activeAt()).isEqualTo(pending.raisedAt().plusSeconds(1));
            changed(police, Phase.PENDING);
            changed(other, Phase.PENDING);

            changed(room, Phase.ACTIVE);
            assertThat(tier(room, Severity.RED).by()).contains("新河");
            assertThat(car.await(FloorGranted.class, g -> g.call().equals(GROUP)).tier())
                    .isEqualTo(Severity.RED);
            room.await(FloorTaken.class, t -> t.call().equals(GROUP));
            assertThat(
                            node.relay()
                                    .floorOf(Sources.channel(new CallId(GROUP)))
                                    .map(FakeRelay.Holder::talker))
                    .contains(Sources.microphone(new UnitId("car1")));
            try (var late = node.console("xinhe")) {
                assertThat(late.snapshot().alerts()).anyMatch(a -> a.id().equals(id));
            }
            car.verdict(new FloorRelease(GROUP));
            end(room, car);
            assertThat(stranger.frames().toString()).doesNotContain(id);
        }
    }

    private void end(TestSocket room, TestSocket car) {
        room.forget();
        assertThat(room.verdict(new AlertCancel(id, null))).isEqualTo("reason-required");
        assertThat(room.verdict(new AlertCancel(id, " "))).isEqualTo("reason-required");
        assertThat(room.verdict(new CallTier(GROUP, Severity.YELLOW))).isEqualTo("not-allowed");
        assertThat(room.verdict(new AlertCancel(id, "到场处置完毕"))).isEqualTo("ok");

        var closed = changed(car, Phase.CLOSED);
        assertThat(closed.reason()).isEqualTo("到场处置完毕");
        assertThat(closed.endedBy()).contains("指挥室");
        tier(room, Severity.YELLOW);
        assertThat(room.verdict(new AlertCancel(id, "again"))).isEqualTo("ok");
        assertThat(node.get("city", "/api/audit?subject=car1").body()).contains("ALERT_CLEARED");
        assertThat(node.journal("xinhe")).contains("ALERT_RAISED", "ALERT_ACTIVE", "ALERT_CLOSED");
    }

    @Test
    void whatIsTakenBackInTimeNeverHappened() {
        try (var room = node.console("xinhe");
                var car = node.terminal("car1").withMedia()) {
            room.snapshot();
            assertThat(car.verdict(raise(Severity.RED))).isEqualTo("ok");
            assertThat(car.verdict(raise(Severity.RED))).isEqualTo("ok");
            changed(room, Phase.PENDING);

            assertThat(car.verdict(new AlertCancel(id, null))).isEqualTo("ok");

            assertThat(changed(room, Phase.CANCELLED).endedBy()).contains("车组");
            // A second alert runs its whole countdown; the first one would have been active before.
            var second = UUID.randomUUID().toString();
            car.verdict(new AlertRaise(second, Severity.ORANGE, null, null));
            room.await(AlertChanged.class, c -> is(c, second, Phase.ACTIVE));
            assertThat(room.frames().toString()).doesNotContain("tier=RED, by");
            assertThat(node.get("city", "/api/audit?subject=car1").body()).doesNotContain(id);
            car.verdict(new AlertCancel(second, null));
            room.await(AlertChanged.class, c -> is(c, second, Phase.CLOSED));
        }
    }

    @Test
    void itIsActiveThoughTheTerminalIsGone() {
        try (var room = node.console("xinhe")) {
            room.snapshot();
            try (var car = node.terminal("car1").withMedia()) {
                assertThat(car.verdict(raise(Severity.ORANGE))).isEqualTo("ok");
                changed(room, Phase.PENDING);
                car.kill();
            }
            changed(room, Phase.ACTIVE);
            tier(room, Severity.ORANGE);
            assertThat(room.verdict(new AlertCancel(id, "已联系上"))).isEqualTo("ok");
            tier(room, Severity.YELLOW);
        }
    }

    @Test
    void aRoomRaisesOneForItselfAndIsHeard() {
        try (var car = node.terminal("zeguo-car1");
                var room = node.console("zeguo").withMedia()) {
            car.snapshot();
            assertThat(room.verdict(raise(Severity.RED))).isEqualTo("ok");

            assertThat(changed(car, Phase.ACTIVE).unit()).isEqualTo("zeguo");
            room.await(FloorGranted.class, g -> g.call().equals("group-zeguo"));
            assertThat(room.verdict(new AlertCancel(id, null))).isEqualTo("ok");
            changed(car, Phase.CLOSED);
        }
    }

    @Test
    void whoDoesNotListenToTheGroupIsHeardThereAllTheSame() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            assertThat(car.verdict(new GroupLeave(GROUP, null))).isEqualTo("ok");
            car.verdict(raise(Severity.RED));

            car.await(FloorGranted.class, g -> g.call().equals(GROUP));

            room.await(FloorTaken.class, t -> t.call().equals(GROUP));
            assertThat(car.verdict(new FloorRelease(GROUP))).isEqualTo("ok");
            assertThat(car.verdict(new AlertCancel(id, null))).isEqualTo("ok");
            changed(room, Phase.CLOSED);
        }
    }

    @Test
    void onlyAGraverOneTakesAnOpenOnesPlace() {
        try (var room = node.console("xinhe");
                var car = node.terminal("car1").withMedia()) {
            room.snapshot();
            car.verdict(raise(Severity.ORANGE));
            changed(room, Phase.ACTIVE);
            tier(room, Severity.ORANGE);
            var graver = UUID.randomUUID().toString();
            assertThat(car.verdict(new AlertRaise("b-" + id, Severity.ORANGE, null, null)))
                    .isEqualTo("busy");

            assertThat(car.verdict(new AlertRaise(graver, Severity.RED, null, null)))
                    .isEqualTo("ok");

            room.await(AlertChanged.class, c -> is(c, graver, Phase.ACTIVE));
            changed(room, Phase.CLOSED);
            tier(room, Severity.RED);
            try (var late = node.console("xinhe")) {
                assertThat(late.snapshot().groups())
                        .anyMatch(g -> g.id().equals(GROUP) && g.tier() == Severity.RED);
            }
            car.verdict(new AlertCancel(graver, null));
            tier(room, Severity.YELLOW);
        }
    }

    @Test
    void whoIsNoMemberOfTheGroupDoesNotAlarmIt() {
        try (var city = node.console("city");
                var car = node.terminal("car1");
                var other = node.terminal("car2")) {
            city.snapshot();
            other.snapshot();
            assertThat(city.verdict(new GroupAffiliate(GROUP, null))).isEqualTo("ok");
            assertThat(city.verdict(raiseIn(GROUP))).isEqualTo("not-a-member");
            assertThat(car.verdict(raiseIn("group-zeguo"))).isEqualTo("not-visible");
            assertThat(car.verdict(raiseIn("no group"))).isEqualTo("not-visible");
            assertThat(other.frames().toString()).doesNotContain(id);
        }
    }

    @Test
    void aGroupThatWasMadeForTheOperationIsAlarmedToo() {
        var made = "g-" + id;
        try (var room = node.console("xinhe");
                var other = node.terminal("xinhe-grid1");
                var car = node.terminal("car1").withMedia()) {
            other.snapshot();
            assertThat(
                            room.verdict(
                                    new GroupMake(
                                            made,
                                            "集市处置",
                                            List.of("car1", "xinhe-grid1"),
                                            null,
                                            null)))
                    .isEqualTo("ok");
            assertThat(car.verdict(raiseIn(made))).isEqualTo("ok");

            assertThat(changed(other, Phase.PENDING).group()).isEqualTo(made);
            car.await(FloorGranted.class, g -> g.call().equals(made));
            other.await(FloorTier.class, t -> t.call().equals(made) && t.tier() == Severity.RED);
            assertThat(car.verdict(new AlertCancel(id, null))).isEqualTo("ok");
            other.await(FloorTier.class, t -> t.call().equals(made) && t.tier() == Severity.YELLOW);
            assertThat(room.verdict(new GroupClose(made))).isEqualTo("ok");
        }
    }

    @Test
    void ordinaryMattersAndBadIdsAreNoAlerts() {
        try (var car = node.terminal("car2");
                var admin = node.console("admin")) {
            car.snapshot();
            admin.snapshot();
            assertThat(car.verdict(raise(Severity.YELLOW))).isEqualTo("malformed");
            assertThat(car.verdict(new AlertRaise("no id", Severity.RED, null, null)))
                    .isEqualTo("malformed");
            assertThat(admin.verdict(raise(Severity.RED))).isEqualTo("not-allowed");
        }
    }

    @Test
    void endingAnothersNeedsTheRightAndSeeingIt() {
        try (var car = node.terminal("car1");
                var other = node.terminal("car2");
                var stranger = node.console("zeguo")) {
            other.snapshot();
            stranger.snapshot();
            car.verdict(raise(Severity.ORANGE));
            changed(other, Phase.PENDING);

            assertThat(other.verdict(new AlertCancel(id, "误报"))).isEqualTo("not-allowed");
            assertThat(stranger.verdict(new AlertCancel(id, "误报"))).isEqualTo("not-visible");
            assertThat(stranger.verdict(new AlertCancel("no alert", "误报")))
                    .isEqualTo("not-visible");
            assertThat(stranger.verdict(raise(Severity.RED))).isEqualTo("id-conflict");
            assertThat(car.verdict(new AlertCancel(id, null))).isEqualTo("ok");
        }
    }

    @Test
    void whoSaysNoPlaceIsWhereTheyWereLast() {
        try (var room = node.console("xinhe");
                var car = node.terminal("car2")) {
            room.snapshot();
            var place = new Place(28.41, 121.41);
            assertThat(car.verdict(new PositionReport(place, 5.0, Instant.now()))).isEqualTo("ok");
            car.verdict(raise(Severity.ORANGE));

            assertThat(changed(room, Phase.PENDING).position()).isEqualTo(new Point(28.41, 121.41));
            car.verdict(new AlertCancel(id, null));
        }
    }

    @Test
    void anOpenAlertOutlivesTheNode() {
        try (var first = TestNode.on(data)) {
            try (var car = first.terminal("car1").withMedia()) {
                assertThat(car.verdict(raise(Severity.RED))).isEqualTo("ok");
            }
        }
        try (var again = TestNode.on(data);
                var room = again.console("xinhe");
                var car = again.terminal("car1")) {
            room.snapshot();
            Eventually.holds(() -> alert(again, id) != null);
            assertThat(alert(again, id)).extracting(Alert::phase).isEqualTo(Phase.ACTIVE);
            Eventually.holds(() -> tierNow(again) == Severity.RED);
            assertThat(car.verdict(new AlertCancel(id, null))).isEqualTo("ok");
            changed(room, Phase.CLOSED);
            Eventually.holds(() -> tierNow(again) == Severity.YELLOW);
        }
    }

    @Test
    void whoNeedsHelpIsHeardThoughTheDatabaseIsGone() {
        try (var alone = TestNode.on(data, "--maplebridge.voice.alert-countdown-seconds=1");
                var room = alone.console("xinhe").withMedia();
                var car = alone.terminal("car1").withMedia()) {
            room.snapshot();
            assertThat(car.verdict(raise(Severity.RED))).isEqualTo("ok");
            changed(room, Phase.PENDING);

            alone.bean("recordStores", RecordStores.class).close();

            tier(room, Severity.RED);
            car.await(FloorGranted.class, g -> g.call().equals(GROUP));
            assertThat(car.verdict(new AlertCancel(id, null))).isEqualTo("record-unavailable");
            assertThat(room.frames().toString()).doesNotContain("phase=ACTIVE");
        }
    }

    private static @Nullable Alert alert(TestNode at, String id) {
        try (var room = at.console("xinhe")) {
            return room.snapshot().alerts().stream()
                    .filter(alert -> alert.id().equals(id))
                    .findFirst()
                    .orElse(null);
        }
    }

    private static Severity tierNow(TestNode at) {
        try (var room = at.console("xinhe")) {
            return room.snapshot().groups().stream()
                    .filter(group -> group.id().equals(GROUP))
                    .findFirst()
                    .orElseThrow()
                    .tier();
        }
    }

    private AlertRaise raise(Severity tier) {
        return new AlertRaise(id, tier, null, null);
    }

    private AlertRaise raiseIn(String group) {
        return new AlertRaise(id, Severity.RED, group, null);
    }

    private Alert changed(TestSocket socket, Phase phase) {
        return socket.await(AlertChanged.class, c -> is(c, id, phase)).alert();
    }

    private static boolean is(AlertChanged changed, String alert, Phase phase) {
        return changed.alert().id().equals(alert) && changed.alert().phase() == phase;
    }

    private static FloorTier tier(TestSocket socket, Severity tier) {
        return socket.await(FloorTier.class, t -> t.call().equals(GROUP) && t.tier() == tier);
    }
}
