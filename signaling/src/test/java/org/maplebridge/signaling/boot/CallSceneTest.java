package org.maplebridge.signaling.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.Answering;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallAnswer;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallClose;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallDecline;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallMode;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallOpen;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRequest;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallClosed;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallOpened;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallRinging;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.Cause;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorRevoked;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorTaken;
import org.maplebridge.signaling.protocol.ServerMessage.MediaNews.VoiceSlot;
import org.maplebridge.signaling.scene.Sources;

/// Private calls: ringing, answered, declined, forced, and without a floor.
class CallSceneTest {
    private static final SourceId CAR_MIC = Sources.microphone(new UnitId("car1"));

    private final TestNode node = TestNode.shared();

    @Test
    void itRingsUntilSomebodyAnswersAndThenItHasAFloor() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            var call = ring(room, "car1");
            var ringing = car.await(CallRinging.class, r -> r.call().equals(call));
            assertThat(ringing.incoming()).isTrue();
            assertThat(ringing.unit()).isEqualTo("xinhe");
            assertThat(car.verdict(new FloorRequest(call, 0, null, null, null)))
                    .isEqualTo("not-a-member");

            assertThat(car.verdict(new CallAnswer(call))).isEqualTo("ok");

            assertThat(opened(room, call).incoming()).isFalse();
            assertThat(opened(car, call).oneAtATime()).isTrue();
            assertThat(car.verdict(new FloorRequest(call, 0, null, null, null))).isEqualTo("ok");
            room.await(FloorTaken.class, t -> t.call().equals(call));
            hangUp(car, call);
            assertThat(closed(room, call).cause()).isEqualTo(Cause.HUNG_UP);
            assertThat(node.journal("xinhe")).contains("CALL_OPENED");
        }
    }

    @Test
    void aCarThatIsBusySaysSo() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            var call = ring(room, "car1");
            car.await(CallRinging.class, r -> r.call().equals(call));

            assertThat(car.verdict(new CallDecline(call, "正在处置纠纷"))).isEqualTo("ok");

            var told = closed(room, call);
            assertThat(told.cause()).isEqualTo(Cause.DECLINED);
            assertThat(told.by()).contains("新河");
            assertThat(car.verdict(new CallDecline(call, null))).isEqualTo("not-ringing");
            assertThat(car.verdict(new CallAnswer(call))).isEqualTo("not-ringing");
            Eventually.holds(() -> node.journal("xinhe").contains("正在处置纠纷"));
        }
    }

    @Test
    void theCallerHangsUpWhileItRings() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            var call = ring(room, "car1");
            car.await(CallRinging.class, r -> r.call().equals(call));

            hangUp(room, call);

            assertThat(closed(car, call).cause()).isEqualTo(Cause.HUNG_UP);
            assertThat(car.verdict(new CallAnswer(call))).isEqualTo("not-ringing");
            assertThat(room.verdict(new CallAnswer("no such call"))).isEqualTo("not-ringing");
            assertThat(room.verdict(new CallDecline("nothing", null))).isEqualTo("not-ringing");
        }
    }

    @Test
    void nobodyAnswersInTime() {
        var hasty = TestNode.hasty();
        try (var room = hasty.console("xinhe").withMedia();
                var car = hasty.terminal("car1").withMedia()) {
            var call = ring(room, "car1");

            assertThat(closed(room, call).cause()).isEqualTo(Cause.NO_ANSWER);
            assertThat(closed(car, call).cause()).isEqualTo(Cause.NO_ANSWER);
        }
    }

    @Test
    void whoComesWhileItRingsIsRungToo() {
        try (var room = node.console("xinhe").withMedia();
                var before = node.terminal("car1").withMedia()) {
            var call = ring(room, "car1");
            before.await(CallRinging.class, r -> r.call().equals(call));
            try (var car = node.terminal("car1").withMedia()) {
                assertThat(car.snapshot().calls())
                        .anySatisfy(shown -> {
                            assertThat(shown.call()).isEqualTo(call);
                            assertThat(shown.ringing()).isTrue();
                            assertThat(shown.incoming()).isTrue();
                        });
                assertThat(car.verdict(new CallAnswer(call))).isEqualTo("ok");
                hangUp(car, call);
            }
        }
    }

    @Test
    void aDeviceThatPicksUpByHandRingsUnlessTheCallerMayForceIt() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            assertThat(car.verdict(new CallMode(Answering.MANUAL))).isEqualTo("ok");
            assertThat(car.verdict(new CallMode(Answering.FORCED))).isEqualTo("malformed");
            var ringing = (CallRinging) room.ask(new CallOpen("car1", true, Answering.AUTO, null));
            hangUp(room, ringing.call());

            var forced = (CallOpened) room.ask(new CallOpen("car1", true, Answering.FORCED, null));

            opened(car, forced.call());
            assertThat(node.get("city", "/api/audit?subject=car1").body()).contains("CALL_FORCED");
            hangUp(room, forced.call());
            assertThat(car.verdict(new CallMode(Answering.AUTO))).isEqualTo("ok");
            var auto = (CallOpened) room.ask(new CallOpen("car1", true, Answering.AUTO, null));
            hangUp(room, auto.call());
        }
    }

    @Test
    void whoMayNotForceIsRefused() {
        try (var police = node.console("zeguo-police").withMedia();
                var car = node.terminal("zeguo-car1").withMedia()) {
            assertThat(police.verdict(new CallOpen("zeguo-car1", true, Answering.FORCED, null)))
                    .isEqualTo("not-allowed");
            assertThat(car.verdict(new CallOpen("zeguo", true, Answering.FORCED, null)))
                    .isEqualTo("not-allowed");
        }
    }

    @Test
    void theFirstOfARoomsSeatsHasTheCall() {
        try (var city = node.console("city").withMedia();
                var seat = node.console("zeguo").withMedia();
                var other = node.console("zeguo").withMedia()) {
            var call = ring(city, "zeguo");
            seat.await(CallRinging.class, r -> r.call().equals(call));
            other.await(CallRinging.class, r -> r.call().equals(call));

            assertThat(seat.verdict(new CallAnswer(call))).isEqualTo("ok");

            assertThat(closed(other, call).cause()).isEqualTo(Cause.ANSWERED_ELSEWHERE);
            assertThat(other.verdict(new CallAnswer(call))).isEqualTo("not-ringing");
            assertThat(seat.verdict(new CallAnswer(call))).isEqualTo("not-ringing");
            assertThat(other.verdict(new CallClose(call))).isEqualTo("not-visible");
            hangUp(city, call);
        }
    }

    @Test
    void withoutAFloorEachSideHearsTheOthersMicrophoneItself() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            var opened = (CallOpened) room.ask(new CallOpen("car1", false, null, null));
            var call = opened.call();
            assertThat(opened.oneAtATime()).isFalse();
            assertThat(opened(car, call).oneAtATime()).isFalse();

            var roomSlot = room.await(VoiceSlot.class, v -> call.equals(v.call())).mid();
            var carSlot = car.await(VoiceSlot.class, v -> call.equals(v.call())).mid();
            assertThat(node.relay().slotsOf(leg(room))).containsEntry(roomSlot, CAR_MIC);
            assertThat(node.relay().slotsOf(leg(car))).containsEntry(carSlot, microphone(room));
            assertThat(car.verdict(new FloorRequest(call, 0, null, null, null)))
                    .isEqualTo("not-a-member");

            hangUp(car, call);
            closed(room, call);
            assertThat(node.relay().slotsOf(leg(room))).doesNotContainValue(CAR_MIC);
            assertThat(node.relay().slotsOf(leg(car))).doesNotContainValue(microphone(room));
        }
    }

    /// The other car's open microphone is an intrusion; that one is told, so time enough has
    /// passed.
    @Test
    void withoutAFloorMicrophonesMayBeOpenEvenIfThePeerConnectionCameLater() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1");
                var other = node.terminal("car2").withMedia()) {
            car.snapshot();
            var call = ((CallOpened) room.ask(new CallOpen("car1", false, null, null))).call();
            car.withMedia();
            var warned = new AtomicBoolean();
            Thread.ofVirtual()
                    .start(() -> {
                        other.await(FloorRevoked.class);
                        warned.set(true);
                    });

            Eventually.holds(() -> {
                node.relay().say(new RelayEvent.SourceActive(CAR_MIC));
                node.relay()
                        .say(new RelayEvent.SourceActive(Sources.microphone(new UnitId("car2"))));
                return warned.get();
            });

            assertThat(car.frames()).noneMatch(f -> f.message() instanceof FloorRevoked);
            hangUp(room, call);
        }
    }

    @Test
    void withoutAMicrophoneThereIsNoTalkingAtTheSameTime() {
        try (var room = node.console("xinhe");
                var car = node.terminal("car1").withMedia()) {
            room.snapshot();
            car.snapshot();
            assertThat(room.verdict(new CallOpen("car1", false, null, null))).isEqualTo("no-media");
        }
    }

    @Test
    void theTerminalThatTakesOverIsInTheCall() {
        try (var room = node.console("xinhe").withMedia();
                var before = node.terminal("car1").withMedia()) {
            var call = ((CallOpened) room.ask(new CallOpen("car1", false, null, null))).call();
            opened(before, call);
            try (var car = node.terminal("car1").withMedia()) {
                opened(car, call);
                car.await(VoiceSlot.class, v -> call.equals(v.call()));
                assertThat(node.relay().slotsOf(leg(car))).containsValue(microphone(room));
                assertThat(node.relay().slotsOf(leg(room))).containsValue(CAR_MIC);
                hangUp(car, call);
            }
        }
    }

    @Test
    void twoWhoCallEachOtherAreInOneCall() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            var call = ring(room, "car1");
            car.await(CallRinging.class, r -> r.call().equals(call));

            var opened = (CallOpened) car.ask(new CallOpen("xinhe", false, null, null));

            assertThat(opened.call()).isEqualTo(call);
            assertThat(opened.incoming()).isTrue();
            opened(room, call);
            assertThat(((CallOpened) room.ask(new CallOpen("car1", null, null, null))).call())
                    .isEqualTo(call);
            hangUp(room, call);
        }
    }

    /// On a node of its own: where nobody has talked, no group's last words have one of the car's
    /// two slots.
    @Test
    void whoIsInTwoCallsAlreadyHasNoEarForAThird(@TempDir Path data) {
        try (var quiet = TestNode.on(data);
                var room = quiet.console("xinhe").withMedia();
                var city = quiet.console("city").withMedia();
                var chief = quiet.console("commander").withMedia();
                var car = quiet.terminal("car1").withVoices(2)) {
            var first = ((CallOpened) room.ask(new CallOpen("car1", true, null, null))).call();
            var second = ((CallOpened) city.ask(new CallOpen("car1", true, null, null))).call();
            car.await(VoiceSlot.class, v -> first.equals(v.call()));
            car.await(VoiceSlot.class, v -> second.equals(v.call()));

            assertThat(chief.verdict(new CallOpen("car1", true, Answering.FORCED, null)))
                    .isEqualTo("no-slot");
            var third = ((CallRinging) chief.ask(new CallOpen("car1", true, null, null))).call();
            car.await(CallRinging.class, r -> r.call().equals(third));
            assertThat(car.verdict(new CallAnswer(third))).isEqualTo("no-slot");
            hangUp(car, first);
            assertThat(car.verdict(new CallAnswer(third))).isEqualTo("ok");
            hangUp(city, second);
            hangUp(chief, third);
        }
    }

    @Test
    void whoIsAwayOrUnknownOrOneselfCannotBeCalled() {
        try (var room = node.console("daxi").withMedia()) {
            assertThat(room.verdict(new CallOpen("daxi-grid2", null, null, null)))
                    .isEqualTo("offline");
            assertThat(room.verdict(new CallOpen("car1", null, null, null)))
                    .isEqualTo("not-visible");
            assertThat(room.verdict(new CallOpen("no unit", null, null, null)))
                    .isEqualTo("not-visible");
            assertThat(room.verdict(new CallOpen("daxi", null, null, null)))
                    .isEqualTo("not-allowed");
            assertThat(room.verdict(new CallClose("no call"))).isEqualTo("not-visible");
        }
    }

    private static String ring(TestSocket caller, String unit) {
        var ringing = (CallRinging) caller.ask(new CallOpen(unit, null, Answering.MANUAL, null));
        assertThat(ringing.incoming()).isFalse();
        return ringing.call();
    }

    private static CallOpened opened(TestSocket socket, @Nullable String call) {
        return socket.await(CallOpened.class, c -> c.call().equals(call));
    }

    private static CallClosed closed(TestSocket socket, String call) {
        return socket.await(CallClosed.class, c -> c.call().equals(call));
    }

    private static void hangUp(TestSocket socket, String call) {
        assertThat(socket.verdict(new CallClose(call))).isEqualTo("ok");
        closed(socket, call);
    }

    private static SourceId microphone(TestSocket console) {
        return new SourceId("session:" + console.welcome().session() + ":mic");
    }

    private LegId leg(TestSocket socket) {
        return node.relay().legOf(socket.welcome().session());
    }
}
