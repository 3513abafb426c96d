package org.maplebridge.signaling.boot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.bus.InProcessBus;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.FakeRelay;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRelease;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRequest;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorGranted;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorIdle;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorQueued;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorRevoked;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorTaken;
import org.maplebridge.signaling.scene.Sources;

/// One floor on three nodes: whoever takes part, wherever, sees the same.
class FloorClusterTest extends ClusterCase {
    FloorClusterTest() {
        super(3);
    }

    private static final String GROUP = "group-xinhe";
    private static final CallId CALL = new CallId(GROUP);

    @Test
    void whoTalksOnOneNodeIsSeenOnTheOthersAndTheNextOneWaits() {
        try (var room = node(0).console("xinhe").withMedia();
                var car = node(1).terminal("car1").withMedia();
                var other = node(2).terminal("car2").withMedia()) {
            allIn(room, car, other);
            for (int round = 0; round < 3; round++) {
                room.forget();
                other.forget();
                car.forget();
                assertThat(car.verdict(request())).isEqualTo("ok");
                car.await(FloorGranted.class);
                assertThat(room.await(FloorTaken.class).talker().unit()).isEqualTo("car1");
                assertThat(other.await(FloorTaken.class).talker().unit()).isEqualTo("car1");

                other.verdict(request());
                assertThat(other.await(FloorQueued.class).position()).isEqualTo(1);
                car.verdict(new FloorRelease(GROUP));
                other.await(FloorGranted.class);
                room.await(FloorTaken.class, taken -> "car2".equals(taken.talker().unit()));
                other.verdict(new FloorRelease(GROUP));
                room.await(FloorIdle.class);
                car.await(FloorIdle.class);
            }
        }
    }

    @Test
    void whenTheNodeThatDecidesDiesATalkGoesOnAndWhoWaitsStillWaits() {
        var room = node(0).console("xinhe").withMedia();
        try (var car = node(1).terminal("car1").withMedia();
                var other = node(2).terminal("car2").withMedia()) {
            allIn(room, car, other);
            decidedBy(0);
            car.verdict(request());
            var granted = car.await(FloorGranted.class);
            other.await(FloorTaken.class);
            other.verdict(request());
            other.await(FloorQueued.class);
            long epoch = holder(node(1)).epoch();
            car.forget();

            node(0).bus().close();
            Eventually.holds(() ->
                    !node(1).bus()
                            .arbiters()
                            .at(CALL)
                            .orElseThrow()
                            .member()
                            .value()
                            .equals("node-1"));

            car.verdict(request()); // pressed again by who holds it: the same grant
            assertThat(car.await(FloorGranted.class).durationMs())
                    .isLessThanOrEqualTo(granted.durationMs());
            assertThat(holder(node(1)).epoch()).isEqualTo(epoch);
            car.verdict(new FloorRelease(GROUP));
            other.await(FloorGranted.class);
            assertThat(holder(node(2)).epoch()).isGreaterThan(epoch);
            other.verdict(new FloorRelease(GROUP));
            car.await(FloorIdle.class);
        }
    }

    /// Somebody who knows nothing comes to a node before those who know have noticed the death.
    @Test
    void whoComesJustAfterADeathDoesNotTakeTheFloorFromWhoTalks() {
        var room = node(0).console("xinhe").withMedia();
        try (var car = node(1).terminal("car1").withMedia();
                var grid = node(1).terminal("xinhe-grid1").withMedia()) {
            allIn(room, car, grid);
            decidedBy(0);
            car.verdict(request());
            car.await(FloorGranted.class);
            car.forget();
            bus(1).deaf(true);
            node(0).bus().close();

            try (var other = node(2).terminal("car2").withMedia()) {
                other.snapshot();
                assertThat(node(1).bus().arbiters().at(CALL).orElseThrow().member().value())
                        .isEqualTo("node-1");
                bus(1).deaf(false);
                assertThat(
                                other.await(FloorTaken.class, taken -> GROUP.equals(taken.call()))
                                        .talker()
                                        .unit())
                        .isEqualTo("car1");
                car.verdict(new FloorRelease(GROUP));
                other.await(FloorIdle.class, idle -> GROUP.equals(idle.call()));
            }
            assertThat(car.frames().stream().anyMatch(f -> f.message() instanceof FloorRevoked))
                    .isFalse();
        }
    }

    @Test
    void whenTheTalkersNodeDiesTheFloorIsFreed() {
        try (var room = node(0).console("xinhe").withMedia();
                var other = node(2).terminal("car2").withMedia()) {
            var car = node(1).terminal("car1").withMedia();
            allIn(room, car, other);
            decidedBy(0);
            car.verdict(request());
            room.await(FloorTaken.class);
            other.await(FloorTaken.class);
            room.forget();
            other.forget();

            node(1).bus().close();

            room.await(FloorIdle.class);
            other.await(FloorIdle.class);
        }
    }

    @Test
    void whoDecidesCountsOnFromEpochsThatAnotherHalfOfTheClusterGave() {
        try (var room = node(0).console("xinhe").withMedia();
                var car = node(1).terminal("car1").withMedia()) {
            allIn(room, car);
            decidedBy(0);
            var floors = node(2).bus().floors();
            floors.take(CALL, 100, new SessionId("elsewhere"), node(2).bus().self());
            floors.free(CALL, 100);
            room.forget();

            car.verdict(request()); // finds out
            car.verdict(new FloorRelease(GROUP));
            room.await(FloorIdle.class);
            car.verdict(request());

            Eventually.holds(() ->
                    node(1).relay()
                            .floorOf(Sources.channel(CALL))
                            .filter(holder -> holder.epoch() > 100)
                            .isPresent());
        }
    }

    /// The first one decides, since it came first.
    private void decidedBy(int index) {
        assertThat(node(index).bus().arbiters().at(CALL).orElseThrow().member())
                .isEqualTo(node(index).bus().self());
    }

    private FakeRelay.Holder holder(TestNode node) {
        return node.relay().floorOf(Sources.channel(CALL)).orElseThrow();
    }

    /// Until the floor knows of everybody: it is free, and they were told so.
    private static void allIn(TestSocket... everybody) {
        for (var one : everybody) {
            one.await(FloorIdle.class, idle -> idle.call().equals(GROUP));
        }
    }

    private InProcessBus bus(int index) {
        return (InProcessBus) node(index).bus();
    }

    private static FloorRequest request() {
        return new FloorRequest(GROUP, 0, null, null, null);
    }
}
