package org.maplebridge.signaling.boot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRelease;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRequest;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.Camera;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.LiveStart;
import org.maplebridge.signaling.protocol.ClientMessage.WatchMessage.WatchStart;
import org.maplebridge.signaling.protocol.ClientMessage.WatchMessage.WatchStop;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorIdle;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorTaken;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorUnheard;
import org.maplebridge.signaling.protocol.ServerMessage.WatchNews.TileState;
import org.maplebridge.signaling.protocol.ServerMessage.WatchNews.WatchChanged;
import org.maplebridge.signaling.scene.Sources;

/// Two networks. Node 1 stands in the police's, node 2 is its gateway and lets out what is of
/// Xinhe; nodes 3 and 5 are the gateways of the video network, node 4 stands in it.
class GatewayClusterTest {
    private static final UnitId CAR = new UnitId("car1");
    private static final String GROUP = "group-xinhe";
    private static final SourceId CHANNEL = Sources.channel(new CallId(GROUP));

    private List<TestNode> nodes = List.of();

    @BeforeEach
    void start() {
        var police = "--maplebridge.network.name=police";
        var video = "--maplebridge.network.name=video";
        var gateway = "--maplebridge.network.gateway=true";
        var xinhe = "--maplebridge.network.crossing=xinhe";
        nodes =
                TestNode.cluster(
                        List.of(
                                List.of(police),
                                List.of(police, gateway, xinhe),
                                List.of(video, gateway),
                                List.of(video),
                                List.of(video, gateway)));
        for (int[] pair : new int[][] {{1, 2}, {2, 3}, {2, 5}, {3, 4}, {4, 5}}) {
            Eventually.holds(() -> isLinked(pair[0], pair[1]) && isLinked(pair[1], pair[0]));
        }
        for (int[] pair : new int[][] {{1, 3}, {1, 4}, {1, 5}, {2, 4}}) {
            assertThat(isLinked(pair[0], pair[1]) || isLinked(pair[1], pair[0])).isFalse();
        }
    }

    @AfterEach
    void stop() {
        nodes.forEach(TestNode::close);
    }

    @Test
    void whatMayCrossGoesOnceOverEachLinkAndIsAudited() {
        try (var car = node(1).terminal("car1").withMedia();
                var room = node(4).console("xinhe").withMedia();
                var city = node(4).console("city").withMedia()) {
            car.verdict(new LiveStart(Camera.BACK, true, null));
            room.verdict(new WatchStart(0, "car1"));
            city.verdict(new WatchStart(0, "car1"));
            Eventually.holds(() -> "link:node-3:v0".equals(shownTo(room)));
            Eventually.holds(() -> "link:node-3:v0".equals(shownTo(city)));
            Eventually.holds(() -> isSent(1, 2, "v0", Sources.camera(CAR)));
            Eventually.holds(() -> isSent(2, 3, "v0", new SourceId("link:node-1:v0")));
            Eventually.holds(() -> isSent(3, 4, "v0", new SourceId("link:node-2:v0")));
            assertThat(sent(2, 3)).hasSize(2); // and its sound
            Eventually.holds(() -> audited("who=car1", "CROSSING_STARTED") == 2);

            room.verdict(new WatchStop(0));
            city.verdict(new WatchStop(0));
            Eventually.holds(() -> sent(1, 2).isEmpty() && sent(2, 3).isEmpty());
            Eventually.holds(() -> sent(3, 4).isEmpty());
            Eventually.holds(() -> audited("who=car1", "CROSSING_ENDED") == 2);

            car.await(FloorIdle.class, idle -> idle.call().equals(GROUP));
            room.await(FloorIdle.class, idle -> idle.call().equals(GROUP));
            car.verdict(new FloorRequest(GROUP, 0, null, null, null));
            room.await(FloorTaken.class);
            Eventually.holds(() -> heardAt(4).equals("link:node-3:a0"));
            assertThat(sent(1, 2)).isEqualTo(Map.of("a0", CHANNEL));
            assertThat(sent(2, 3)).isEqualTo(Map.of("a0", new SourceId("link:node-1:a0")));
            assertThat(sent(3, 4)).isEqualTo(Map.of("a0", new SourceId("link:node-2:a0")));
            car.verdict(new FloorRelease(GROUP));
            Eventually.holds(() -> heardAt(4).isEmpty());
            Eventually.holds(() -> sent(2, 3).isEmpty() && sent(3, 4).isEmpty());
            Eventually.holds(() -> audited("subject=call:" + GROUP, "CROSSING_ENDED") == 1);
        }
    }

    @Test
    void whatMayNotCrossIsRefusedByNameAndStaysInItsNetwork() {
        try (var mediator = node(1).terminal("mediator").withMedia();
                var near = node(2).console("city").withMedia();
                var far = node(4).console("zeguo").withMedia()) {
            mediator.verdict(new LiveStart(Camera.BACK, true, null));
            far.verdict(new WatchStart(0, "mediator"));
            far.await(
                    WatchChanged.class,
                    tile ->
                            tile.state() == TileState.WAITING
                                    && "not-allowed-to-cross".equals(tile.reason()));
            assertThat(sent(2, 3)).isEmpty();
            near.verdict(new WatchStart(0, "mediator"));
            near.await(WatchChanged.class, tile -> tile.state() == TileState.LIVE);
            Eventually.holds(() -> !sent(1, 2).isEmpty());
            assertThat(sent(2, 3)).isEmpty();
            assertThat(audited("who=mediator", "CROSSING_STARTED")).isZero();
        }
    }

    @Test
    void whoSeesATalkerThatMayNotCrossIsToldThatNothingIsHeard() {
        var group = "group-zeguo";
        try (var mediator = node(1).terminal("mediator").withMedia();
                var far = node(4).console("zeguo").withMedia()) {
            for (var one : List.of(mediator, far)) {
                one.await(FloorIdle.class, idle -> idle.call().equals(group));
            }
            mediator.verdict(new FloorRequest(group, 0, null, null, null));
            far.await(FloorTaken.class, taken -> taken.call().equals(group));
            var unheard = far.await(FloorUnheard.class, told -> told.call().equals(group));
            assertThat(unheard.reason()).isEqualTo("not-allowed-to-cross");
            try (var late = node(4).console("zeguo").withMedia()) {
                late.await(FloorTaken.class, taken -> taken.call().equals(group));
                late.await(FloorUnheard.class, told -> told.call().equals(group));
            }
            mediator.verdict(new FloorRelease(group));
            far.await(FloorIdle.class, idle -> idle.call().equals(group));
        }
    }

    @Test
    void whenAGatewayIsLostTheSecondOneTakesOver() {
        try (var car = node(1).terminal("car1").withMedia();
                var city = node(4).console("city").withMedia()) {
            car.verdict(new LiveStart(Camera.BACK, true, null));
            city.verdict(new WatchStart(0, "car1"));
            Eventually.holds(() -> "link:node-3:v0".equals(shownTo(city)));

            node(3).bus().close();

            Eventually.holds(() -> "link:node-5:v0".equals(shownTo(city)));
            Eventually.holds(() -> isSent(5, 4, "v0", new SourceId("link:node-2:v0")));
            Eventually.holds(() ->
                    sent(2, 5).getOrDefault("v0", CHANNEL).value().startsWith("link:node-1:v"));
            Eventually.holds(() -> sent(1, 2).size() == 2);
            assertThat(sent(1, 2)).containsValue(Sources.camera(CAR));
        }
    }

    private TestNode node(int number) {
        return nodes.get(number - 1);
    }

    private boolean isLinked(int from, int to) {
        return node(from).relay().isLinkedTo("node-" + to);
    }

    private Map<String, SourceId> sent(int from, int to) {
        return node(from).relay().sentTo("node-" + to);
    }

    private boolean isSent(int from, int to, String mid, SourceId source) {
        return source.equals(sent(from, to).get(mid));
    }

    /// What the first tile shows.
    private String shownTo(TestSocket console) {
        var relay = node(4).relay();
        var leg = relay.legOf(console.welcome().session());
        var source = relay.slotsOf(leg).get("4");
        return source == null ? "" : source.value();
    }

    private String heardAt(int number) {
        return node(number).relay().floorOf(CHANNEL).map(h -> h.talker().value()).orElse("");
    }

    private int audited(String what, String kind) {
        return node(2).get("city", "/api/audit?" + what).body().split(kind, -1).length - 1;
    }
}
