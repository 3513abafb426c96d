package org.maplebridge.signaling.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.media.api.LegId;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallClose;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallOpen;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRelease;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRequest;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupAffiliate;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupLeave;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallClosed;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallOpened;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorGranted;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorIdle;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorQueued;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorTaken;
import org.maplebridge.signaling.protocol.ServerMessage.MediaNews.VoiceSlot;
import org.maplebridge.signaling.scene.Sources;

/// The room's voice in the car: one talker at a time, told to everybody who listens.
class TalkSceneTest {
    private static final String GROUP = "group-xinhe";

    private final TestNode node = TestNode.shared();

    @Test
    void whoHoldsTheKeyIsHeardByTheGroupAndNotByThemselves() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            var channel = Sources.channel(new CallId(GROUP));
            var slot = car.await(VoiceSlot.class, v -> GROUP.equals(v.call())).mid();
            assertThat(node.relay().slotsOf(leg(car))).containsEntry(slot, channel);

            assertThat(car.verdict(new FloorRequest(GROUP, 3, null, null, null))).isEqualTo("ok");

            assertThat(car.await(FloorGranted.class).durationMs()).isPositive();
            var taken = room.await(FloorTaken.class, t -> t.call().equals(GROUP));
            assertThat(taken.talker().unit()).isEqualTo("car1");
            assertThat(node.relay().floorOf(channel).map(FakeRelay.Holder::talker))
                    .contains(Sources.microphone(new UnitId("car1")));
            assertThat(node.relay().slotsOf(leg(car))).doesNotContainValue(channel);
            assertThat(node.relay().slotsOf(leg(room))).containsValue(channel);

            room.forget();
            car.verdict(new FloorRelease(GROUP));
            room.await(FloorIdle.class, idle -> idle.call().equals(GROUP));
            Eventually.holds(() -> node.relay().floorOf(channel).isEmpty());
            Eventually.holds(() -> node.relay().slotsOf(leg(car)).containsValue(channel));
        }
    }

    @Test
    void theSecondOneWaitsAndIsTold() {
        try (var car = node.terminal("car1").withMedia();
                var other = node.terminal("car2").withMedia()) {
            car.verdict(new FloorRequest(GROUP, 0, null, null, null));
            car.await(FloorGranted.class);
            other.verdict(new FloorRequest(GROUP, 0, null, null, null));

            assertThat(other.await(FloorQueued.class).position()).isEqualTo(1);
            car.verdict(new FloorRelease(GROUP));
            other.await(FloorGranted.class);
            other.verdict(new FloorRelease(GROUP));
        }
    }

    @Test
    void whoVanishesLeavesTheFloorFree() {
        try (var room = node.console("xinhe").withMedia()) {
            var car = node.terminal("car1").withMedia();
            car.verdict(new FloorRequest(GROUP, 0, null, null, null));
            room.await(FloorTaken.class, t -> t.call().equals(GROUP));
            room.forget();

            try (var newer = node.terminal("car1")) {
                newer.snapshot();
                room.await(FloorIdle.class, idle -> idle.call().equals(GROUP));
            }
        }
    }

    @Test
    void twoTownsTalkAtTheSameTime() {
        try (var xinhe = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia();
                var zeguo = node.console("zeguo").withMedia();
                var mediator = node.console("city").withMedia()) {
            assertThat(mediator.verdict(new GroupAffiliate("group-zeguo", null))).isEqualTo("ok");
            xinhe.verdict(new FloorRequest(GROUP, 0, null, null, null));
            zeguo.verdict(new FloorRequest("group-zeguo", 0, null, null, null));

            xinhe.await(FloorGranted.class, g -> g.call().equals(GROUP));
            zeguo.await(FloorGranted.class, g -> g.call().equals("group-zeguo"));
            mediator.await(FloorTaken.class, t -> t.call().equals("group-zeguo"));
            car.await(FloorTaken.class, t -> t.call().equals(GROUP));
            assertThat(car.frames().stream().map(f -> f.message().toString()))
                    .noneMatch(text -> text.contains("group-zeguo"));
            xinhe.verdict(new FloorRelease(GROUP));
            zeguo.verdict(new FloorRelease("group-zeguo"));
        }
    }

    @Test
    void aStrangersGroupIsNotVisibleAndAnUnheardOneNotTalkedTo() {
        try (var zeguo = node.console("zeguo").withMedia();
                var room = node.console("xinhe").withMedia()) {
            assertThat(zeguo.verdict(new GroupAffiliate(GROUP, null))).isEqualTo("not-visible");
            assertThat(zeguo.verdict(new GroupAffiliate("no-such", null))).isEqualTo("not-visible");
            assertThat(zeguo.verdict(new FloorRequest(GROUP, 0, null, null, null)))
                    .isEqualTo("not-a-member");
            assertThat(room.verdict(new GroupLeave(GROUP, null))).isEqualTo("ok");
            assertThat(room.verdict(new FloorRequest(GROUP, 0, null, null, null)))
                    .isEqualTo("not-a-member");
            assertThat(room.verdict(new GroupAffiliate(GROUP, null))).isEqualTo("ok");
        }
    }

    @Test
    void whoSendsNoSoundCannotTakeTheFloor() {
        try (var room = node.console("xinhe")) {
            room.snapshot();
            assertThat(room.verdict(new FloorRequest(GROUP, 0, null, null, null)))
                    .isEqualTo("no-media");
        }
    }

    @Test
    void aPrivateCallOpensAtBothEndsAndClosesAtBoth() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            var opened = (CallOpened) room.ask(new CallOpen("car1", null, null, null));
            assertThat(opened.unit()).isEqualTo("car1");
            var ring = car.await(CallOpened.class, c -> c.call().equals(opened.call()));
            assertThat(ring.unit()).isEqualTo("xinhe");
            assertThat(((CallOpened) room.ask(new CallOpen("car1", null, null, null))).call())
                    .isEqualTo(opened.call());

            car.verdict(new FloorRequest(opened.call(), 0, null, null, null));
            room.await(FloorTaken.class, t -> t.call().equals(opened.call()));
            car.verdict(new CallClose(opened.call()));

            room.await(CallClosed.class, c -> c.call().equals(opened.call()));
            assertThat(room.verdict(new CallClose(opened.call()))).isEqualTo("not-visible");
            Eventually.holds(() ->
                    !node.relay()
                            .slotsOf(leg(room))
                            .containsValue(Sources.channel(new CallId(opened.call()))));
        }
    }

    @Test
    void whoIsAwayCannotBeCalled() {
        try (var room = node.console("xinhe").withMedia()) {
            assertThat(room.verdict(new CallOpen("xinhe", null, null, null)))
                    .isEqualTo("not-allowed");
            assertThat(room.verdict(new CallOpen("nobody", null, null, null)))
                    .isEqualTo("not-visible");
        }
    }

    private LegId leg(TestSocket socket) {
        return node.relay().legOf(socket.welcome().session());
    }
}
