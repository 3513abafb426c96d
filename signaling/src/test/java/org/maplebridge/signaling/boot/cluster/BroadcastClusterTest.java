package org.maplebridge.signaling.boot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallBroadcast;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallTier;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRelease;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRequest;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorDenied;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorGranted;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorIdle;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorTaken;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorTier;
import org.maplebridge.signaling.protocol.ServerMessage.GroupNews.GroupChanged;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.Broadcast;
import org.maplebridge.signaling.scene.Sources;

/// One voice to all of a group, on all nodes.
class BroadcastClusterTest extends ClusterCase {
    BroadcastClusterTest() {
        super(3);
    }

    private static final String GROUP = "group-xinhe";

    /// 3GPP TS 24.380 §8.2.6.2: receive only.
    private static final int RECEIVE_ONLY = 5;

    private final String id = "b-" + UUID.randomUUID();

    @Test
    void everybodyOnEveryNodeHearsItAndNobodyAnswers() {
        try (var room = node(0).console("xinhe").withMedia();
                var car = node(1).terminal("car1").withMedia();
                var other = node(2).terminal("car2").withMedia()) {
            Stream.of(room, car, other).forEach(BroadcastClusterTest::listens);
            room.verdict(new CallTier(GROUP, Severity.ORANGE));
            Stream.of(car, other)
                    .forEach(one -> one.await(FloorTier.class, t -> t.tier() == Severity.ORANGE));
            for (int round = 0; round < 3; round++) {
                Stream.of(room, car, other).forEach(TestSocket::forget);
                var broadcast = id + round;
                assertThat(room.verdict(new CallBroadcast(broadcast, GROUP))).isEqualTo("ok");
                room.await(FloorGranted.class, granted -> granted.call().equals(GROUP));
                for (var one : List.of(car, other)) {
                    var taken = one.await(FloorTaken.class, t -> t.call().equals(GROUP));
                    assertThat(taken.mayRequest()).isFalse();
                    assertThat(taken.talker().unit()).isEqualTo("xinhe");
                    assertThat(shown(one)).isNotNull();
                    assertThat(one.verdict(request())).isEqualTo("ok");
                    assertThat(one.await(FloorDenied.class).cause()).isEqualTo(RECEIVE_ONLY);
                    assertThat(one.verdict(new CallBroadcast("b-2-" + broadcast, GROUP)))
                            .isEqualTo("not-allowed");
                }
                var channel = Sources.channel(new CallId(broadcast));
                Eventually.holds(() ->
                        node(0).relay().sentTo("node-2").containsValue(channel)
                                && node(0).relay().sentTo("node-3").containsValue(channel)
                                && node(1).relay().floorOf(channel).isPresent()
                                && node(2).relay().floorOf(channel).isPresent());
                for (var one : List.of(car, other)) {
                    one.forget();
                }

                room.verdict(new FloorRelease(GROUP));

                for (var one : List.of(car, other)) {
                    one.await(FloorIdle.class, idle -> idle.call().equals(GROUP));
                    one.await(GroupChanged.class, c -> c.group().broadcast() == null);
                }
                assertThat(car.verdict(request())).isEqualTo("ok");
                assertThat(car.await(FloorGranted.class).tier()).isNotNull();
                other.await(FloorTaken.class, taken -> "car1".equals(taken.talker().unit()));
                car.verdict(new FloorRelease(GROUP));
                room.await(FloorIdle.class);
            }
            try (var city = node(1).console("city").withMedia()) {
                // Nobody lowered it on the way.
                assertThat(
                                city.snapshot().groups().stream()
                                        .filter(group -> group.id().equals(GROUP))
                                        .findFirst()
                                        .orElseThrow()
                                        .tier())
                        .isEqualTo(Severity.ORANGE);
            }
        }
    }

    @Test
    void onlyOthersNodesListen() {
        try (var city = node(0).console("city").withMedia()) {
            city.snapshot();
            assertThat(city.verdict(new CallBroadcast(id + "a", GROUP))).isEqualTo("offline");
            try (var car = node(1).terminal("car1").withMedia()) {
                listens(car);
                assertThat(city.verdict(new CallBroadcast(id, GROUP))).isEqualTo("ok");
                city.await(FloorGranted.class, granted -> granted.call().equals(GROUP));
                car.await(FloorTaken.class, taken -> taken.call().equals(GROUP));
                try (var late = node(2).terminal("car2").withMedia()) {
                    late.await(FloorTaken.class, taken -> taken.call().equals(GROUP));
                }
                city.verdict(new FloorRelease(GROUP));
                car.await(FloorIdle.class);
            }
        }
    }

    @Test
    void itEndsWithTheNodeOfWhoSpeaks() {
        var room = node(0).console("xinhe").withMedia();
        try (var car = node(1).terminal("car1").withMedia();
                var other = node(2).terminal("car2").withMedia()) {
            Stream.of(room, car, other).forEach(BroadcastClusterTest::listens);
            room.verdict(new CallBroadcast(id, GROUP));
            for (var one : List.of(car, other)) {
                one.await(FloorTaken.class, taken -> taken.call().equals(GROUP));
                assertThat(shown(one)).isNotNull();
                one.forget();
            }

            node(0).bus().close();

            for (var one : List.of(car, other)) {
                one.await(GroupChanged.class, changed -> changed.group().broadcast() == null);
                one.await(FloorIdle.class);
            }
            // Until both nodes are back at the group's own floor, one is alone there.
            Eventually.holds(() -> {
                car.verdict(request());
                return node(2).relay().floorOf(Sources.channel(new CallId(GROUP))).isPresent();
            });
            other.await(FloorTaken.class, taken -> "car1".equals(taken.talker().unit()));
            Eventually.holds(() -> node(1).journal("xinhe").contains("BROADCAST_ENDED"));
        }
    }

    @Test
    void ofTwoAtOnceOneStays() {
        try (var room = node(0).console("xinhe").withMedia();
                var city = node(1).console("city").withMedia();
                var car = node(2).terminal("car1").withMedia()) {
            Stream.of(room, car).forEach(BroadcastClusterTest::listens);
            city.snapshot();
            for (int round = 0; round < 5; round++) {
                var a = "a-" + id + round;
                var b = "b-" + id + round;
                Stream.<Runnable>of(
                                () -> room.verdict(new CallBroadcast(b, GROUP)),
                                () -> city.verdict(new CallBroadcast(a, GROUP)))
                        .parallel()
                        .forEach(Runnable::run);
                Eventually.holds(() -> spoken(0).equals(spoken(1)) && spoken(1).equals(spoken(2)));
                assertThat(spoken(2)).hasSize(1);
                room.verdict(new FloorRelease(GROUP));
                city.verdict(new FloorRelease(GROUP));
                Eventually.holds(() -> spoken(0).isEmpty());
                Eventually.holds(() -> spoken(1).isEmpty() && spoken(2).isEmpty());
            }
            car.forget();
            assertThat(car.verdict(request())).isEqualTo("ok");
            car.await(FloorGranted.class, granted -> granted.call().equals(GROUP));
        }
    }

    /// What is spoken to the group as this node shows it to a console that comes.
    private List<String> spoken(int index) {
        try (var socket = node(index).console("xinhe-police")) {
            return socket.snapshot().groups().stream()
                    .filter(group -> group.id().equals(GROUP))
                    .map(group -> group.broadcast())
                    .filter(broadcast -> broadcast != null)
                    .map(Broadcast::id)
                    .toList();
        }
    }

    private static @Nullable Broadcast shown(TestSocket socket) {
        return socket.await(
                        GroupChanged.class,
                        changed ->
                                changed.group().id().equals(GROUP)
                                        && changed.group().broadcast() != null)
                .group()
                .broadcast();
    }

    private static void listens(TestSocket socket) {
        socket.await(FloorIdle.class, idle -> idle.call().equals(GROUP));
    }

    private static FloorRequest request() {
        return new FloorRequest(GROUP, 0, null, null, null);
    }
}
