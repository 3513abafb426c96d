package org.maplebridge.signaling.boot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRelease;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRequest;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.Camera;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.LiveAsk;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.LiveDecline;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.LiveStart;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.LiveStop;
import org.maplebridge.signaling.protocol.ClientMessage.WatchMessage.WatchStart;
import org.maplebridge.signaling.protocol.ClientMessage.WatchMessage.WatchStop;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorIdle;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorTaken;
import org.maplebridge.signaling.protocol.ServerMessage.LiveNews.LiveAnswered;
import org.maplebridge.signaling.protocol.ServerMessage.LiveNews.LiveAsked;
import org.maplebridge.signaling.protocol.ServerMessage.LiveNews.LiveChanged;
import org.maplebridge.signaling.protocol.ServerMessage.LiveNews.Outcome;
import org.maplebridge.signaling.protocol.ServerMessage.WatchNews.TileState;
import org.maplebridge.signaling.protocol.ServerMessage.WatchNews.WatchChanged;
import org.maplebridge.signaling.scene.Sources;

/// Pictures and voices from one node to another, as far as signalling goes.
class LiveClusterTest extends ClusterCase {
    LiveClusterTest() {
        super(2);
    }

    private static final UnitId CAR = new UnitId("car1");

    @Test
    void aCarsPictureComesOnceHoweverManyLook() {
        try (var car = node(0).terminal("car1").withMedia();
                var room = node(1).console("xinhe").withMedia();
                var city = node(1).console("city").withMedia()) {
            car.snapshot();
            assertThat(room.verdict(new WatchStart(0, "car1"))).isEqualTo("ok");
            assertThat(car.verdict(new LiveStart(Camera.BACK, false, null))).isEqualTo("ok");
            assertThat(city.verdict(new WatchStart(1, "car1"))).isEqualTo("ok");
            awaitState(room, TileState.LIVE);
            awaitState(city, TileState.LIVE);

            Eventually.holds(() ->
                    sent().equals(
                                    Map.of(
                                            "v0",
                                            Sources.camera(CAR),
                                            "a96",
                                            Sources.microphone(CAR))));
            assertThat(slots(room))
                    .containsEntry("4", new SourceId("link:node-1:v0"))
                    .containsEntry("5", new SourceId("link:node-1:a96"));
            assertThat(slots(city)).containsEntry("6", new SourceId("link:node-1:v0"));
            car.await(LiveChanged.class, live -> live.watchers().size() == 2);

            room.verdict(new WatchStop(0));
            car.await(LiveChanged.class, live -> live.watchers().size() == 1);
            assertThat(sent()).hasSize(2);
            city.verdict(new WatchStop(1));
            Eventually.holds(() -> sent().isEmpty());

            city.verdict(new WatchStart(0, "car1"));
            Eventually.holds(() -> sent().size() == 2);
            car.verdict(new LiveStop());
            awaitState(city, TileState.ENDED);
            Eventually.holds(() -> sent().isEmpty());
        }
    }

    @Test
    void whenTheNodeDiesItsPicturesEnd() {
        var car = node(0).terminal("car1").withMedia();
        try (var room = node(1).console("xinhe").withMedia()) {
            car.verdict(new LiveStart(Camera.BACK, false, null));
            room.verdict(new WatchStart(0, "car1"));
            awaitState(room, TileState.LIVE);

            node(0).bus().close();

            awaitState(room, TileState.ENDED);
            assertThat(slots(room)).doesNotContainKey("4");
        }
    }

    @Test
    void aDriverOnAnotherNodeIsAskedAndAnswers() {
        try (var room = node(1).console("xinhe");
                var car = node(0).terminal("car1").withMedia()) {
            room.snapshot();
            car.snapshot();
            assertThat(room.verdict(new LiveAsk("ask-1", "car1", false))).isEqualTo("ok");
            car.await(LiveAsked.class, asked -> asked.ask().equals("ask-1"));
            car.verdict(new LiveDecline("ask-1", "正在处置"));

            var answered = room.await(LiveAnswered.class);
            assertThat(answered.outcome()).isEqualTo(Outcome.DECLINED);
            assertThat(answered.reason()).isEqualTo("正在处置");
        }
    }

    @Test
    void aVoiceGoesToWhereSomebodyListensWhileItSpeaks() {
        var group = "group-xinhe";
        var channel = Sources.channel(new CallId(group));
        try (var room = node(1).console("xinhe").withMedia();
                var car = node(0).terminal("car1").withMedia()) {
            car.await(FloorIdle.class, idle -> idle.call().equals(group));
            room.await(FloorIdle.class, idle -> idle.call().equals(group));

            car.verdict(new FloorRequest(group, 0, null, null, null));
            room.await(FloorTaken.class);

            Eventually.holds(() -> sent().equals(Map.of("a0", channel)));
            Eventually.holds(() ->
                    node(1).relay()
                            .floorOf(channel)
                            .filter(h -> h.talker().value().equals("link:node-1:a0"))
                            .isPresent());
            assertThat(node(0).relay().floorOf(channel).orElseThrow().talker())
                    .isEqualTo(Sources.microphone(CAR));

            car.verdict(new FloorRelease(group));
            room.await(FloorIdle.class);
            Eventually.holds(() -> sent().isEmpty());
            Eventually.holds(() -> node(1).relay().floorOf(channel).isEmpty());
        }
    }

    private Map<String, SourceId> sent() {
        return node(0).relay().sentTo("node-2");
    }

    private Map<String, SourceId> slots(TestSocket socket) {
        var relay = node(1).relay();
        return relay.slotsOf(relay.legOf(socket.welcome().session()));
    }

    private static void awaitState(TestSocket socket, TileState state) {
        socket.await(WatchChanged.class, tile -> tile.state() == state);
    }
}
