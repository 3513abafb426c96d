package org.maplebridge.signaling.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceStats;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.Camera;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.LiveAsk;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.LiveDecline;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.LiveStart;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.LiveStop;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.LiveUpdate;
import org.maplebridge.signaling.protocol.ClientMessage.WatchMessage.WatchStart;
import org.maplebridge.signaling.protocol.ClientMessage.WatchMessage.WatchStop;
import org.maplebridge.signaling.protocol.ServerMessage.LiveNews;
import org.maplebridge.signaling.protocol.ServerMessage.LiveNews.LiveAnswered;
import org.maplebridge.signaling.protocol.ServerMessage.LiveNews.LiveAsked;
import org.maplebridge.signaling.protocol.ServerMessage.LiveNews.LiveChanged;
import org.maplebridge.signaling.protocol.ServerMessage.LiveNews.Outcome;
import org.maplebridge.signaling.protocol.ServerMessage.MediaNews.MediaState;
import org.maplebridge.signaling.protocol.ServerMessage.WatchNews.CameraHealth;
import org.maplebridge.signaling.protocol.ServerMessage.WatchNews.TileState;
import org.maplebridge.signaling.protocol.ServerMessage.WatchNews.WatchChanged;
import org.maplebridge.signaling.protocol.ServerMessage.WatchNews.WatchQuality;
import org.maplebridge.signaling.scene.Sources;

/// The car's picture in the room, as far as signalling goes.
class LiveSceneTest {
    private static final UnitId CAR = new UnitId("car1");

    private final TestNode node = TestNode.shared();

    @Test
    void theRoomSeesAndHearsTheCarThatGoesLive() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            var leg = leg(room);
            assertThat(room.verdict(new WatchStart(0, "car1"))).isEqualTo("ok");
            room.await(WatchChanged.class, w -> w.state() == TileState.WAITING);

            assertThat(car.verdict(new LiveStart(Camera.BACK, false, null))).isEqualTo("ok");

            room.await(WatchChanged.class, w -> w.state() == TileState.LIVE);
            assertThat(node.relay().slotsOf(leg))
                    .containsEntry("4", Sources.camera(CAR))
                    .containsEntry("5", Sources.microphone(CAR));
            assertThat(car.await(LiveChanged.class, l -> !l.watchers().isEmpty()).watchers())
                    .singleElement()
                    .satisfies(watcher -> assertThat(watcher.name()).contains("新河"));

            car.verdict(new LiveUpdate(Camera.FRONT, true));
            assertThat(node.relay().slotsOf(leg)).containsKey("4").doesNotContainKey("5");

            car.verdict(new LiveStop());
            room.await(WatchChanged.class, w -> w.state() == TileState.ENDED);
            assertThat(node.relay().slotsOf(leg)).doesNotContainKey("4");
            room.verdict(new WatchStop(0));
            room.await(WatchChanged.class, w -> w.state() == TileState.STOPPED);
        }
    }

    @Test
    void aDispatcherAsksAndTheDriverSaysNo() {
        try (var room = node.console("xinhe");
                var car = node.terminal("car1").withMedia()) {
            room.snapshot();
            var ask = UUID.randomUUID().toString();
            assertThat(room.verdict(new LiveAsk(ask, "car1", false))).isEqualTo("ok");

            var asked = car.await(LiveAsked.class, a -> a.ask().equals(ask));
            assertThat(asked.pull()).isFalse();
            car.verdict(new LiveDecline(ask, "正在处置"));

            var answered = room.await(LiveAnswered.class, a -> a.ask().equals(ask));
            assertThat(answered.outcome()).isEqualTo(Outcome.DECLINED);
            assertThat(answered.reason()).isEqualTo("正在处置");
        }
    }

    @Test
    void whoMayPullIsNamedOnTheTerminal() {
        try (var room = node.console("xinhe");
                var car = node.terminal("car1").withMedia()) {
            room.snapshot();
            var ask = UUID.randomUUID().toString();
            room.verdict(new LiveAsk(ask, "car1", true));
            assertThat(car.await(LiveAsked.class, a -> a.ask().equals(ask)).pull()).isTrue();
            car.verdict(new LiveStart(Camera.BACK, false, ask));

            var changed = room.await(LiveChanged.class, l -> l.live() != null);
            assertThat(Optional.ofNullable(changed.live()).map(LiveNews.Live::pulledBy))
                    .hasValueSatisfying(name -> assertThat(name).contains("新河"));
            assertThat(room.await(LiveAnswered.class, a -> a.ask().equals(ask)).outcome())
                    .isEqualTo(Outcome.STARTED);
            assertThat(node.get("city", "/api/audit?subject=car1").body()).contains("LIVE_PULLED");
            // The node is shared: a car that only leaves is live a moment longer.
            car.verdict(new LiveStop());
        }
    }

    @Test
    void aPatrolCarMayNeitherWatchNorPull() {
        try (var car = node.terminal("car2").withMedia()) {
            assertThat(car.verdict(new WatchStart(0, "car1"))).isEqualTo("not-allowed");
            assertThat(car.verdict(new LiveAsk("a", "car1", true))).isEqualTo("not-allowed");
        }
    }

    @Test
    void whoIsNotConnectedCannotBeAsked() {
        try (var room = node.console("daxi")) {
            room.snapshot();
            var ask = UUID.randomUUID().toString();
            room.verdict(new LiveAsk(ask, unitOf(room, "daxi"), false));

            assertThat(room.await(LiveAnswered.class, a -> a.ask().equals(ask)).outcome())
                    .isEqualTo(Outcome.OFFLINE);
        }
    }

    @Test
    void aTileNeedsAPeerConnectionAndASection() {
        try (var room = node.console("xinhe")) {
            room.snapshot();
            assertThat(room.verdict(new WatchStart(0, "car1"))).isEqualTo("no-media");
            room.withMedia();
            assertThat(room.verdict(new WatchStart(7, "car1"))).isEqualTo("no-slot");
        }
    }

    @Test
    void aLostLegIsToldAndFilledAgainWhenItIsOpenedAnew() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            car.verdict(new LiveStart(Camera.BACK, false, null));
            room.verdict(new WatchStart(1, "car1"));
            room.await(WatchChanged.class, w -> w.state() == TileState.LIVE);
            var lost = leg(room);
            room.forget();

            node.relay().close(lost);
            node.relay().say(new RelayEvent.LegLost(lost, "consent-expired"));
            assertThat(room.await(MediaState.class).cause()).isEqualTo("consent-expired");
            room.withMedia();

            assertThat(leg(room)).isNotEqualTo(lost);
            Eventually.holds(
                    () -> Sources.camera(CAR).equals(node.relay().slotsOf(leg(room)).get("6")));
            room.verdict(new WatchStop(1));
        }
    }

    @Test
    void everyTwoSecondsTheViewerHearsWhichHopIsSilent() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            // Whoever published before, in another test, may not have been let go of yet.
            Eventually.holds(
                    () -> car.verdict(new LiveStart(Camera.BACK, false, null)).equals("ok"));
            node.relay()
                    .has(
                            Sources.camera(CAR),
                            new SourceStats(990, 10, 0, 1_700_000, 3, 42, 5, 1, 9_000, 1));
            room.verdict(new WatchStart(0, "car1"));

            var quality = room.await(WatchQuality.class);
            assertThat(quality.camera()).isEqualTo(CameraHealth.SILENT);
            assertThat(quality.uplink().kbps()).isEqualTo(1_700);
            assertThat(quality.uplink().lossPercent()).isEqualTo(1.0);
            room.verdict(new WatchStop(0));
        }
    }

    private LegId leg(TestSocket socket) {
        return node.relay().legOf(socket.welcome().session());
    }

    private static String unitOf(TestSocket room, String node) {
        return room.snapshot().units().stream()
                .filter(unit -> unit.node().equals(node) && !unit.id().equals(node))
                .findFirst()
                .orElseThrow()
                .id();
    }
}
