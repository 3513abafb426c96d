package org.maplebridge.signaling.boot.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.signaling.boot.cluster.PrivateTalk.calls;
import static org.maplebridge.signaling.boot.cluster.PrivateTalk.closed;
import static org.maplebridge.signaling.boot.cluster.PrivateTalk.hangUp;
import static org.maplebridge.signaling.boot.cluster.PrivateTalk.isClosed;
import static org.maplebridge.signaling.boot.cluster.PrivateTalk.isIn;
import static org.maplebridge.signaling.boot.cluster.PrivateTalk.isOpened;
import static org.maplebridge.signaling.boot.cluster.PrivateTalk.opened;
import static org.maplebridge.signaling.boot.cluster.PrivateTalk.ring;
import static org.maplebridge.signaling.boot.cluster.PrivateTalk.talk;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.bus.Envelope;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.Answering;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallAnswer;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallDecline;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallMode;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallOpen;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRequest;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallOpened;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallRinging;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.Cause;
import org.maplebridge.signaling.protocol.ServerMessage.MediaNews.VoiceSlot;
import org.maplebridge.signaling.scene.Sources;

/// Private calls between people of different nodes are what they are between two of one.
class CallClusterTest {
    private static final SourceId CAR_MIC = Sources.microphone(new UnitId("car1"));

    private static List<TestNode> nodes = List.of();

    @BeforeAll
    static void start() {
        nodes = TestNode.cluster(3);
    }

    @AfterAll
    static void stop() {
        nodes.forEach(TestNode::close);
    }

    @Test
    void itRingsAtAnotherNodeAndHasOneFloorThere() {
        try (var room = node(0).console("xinhe").withMedia();
                var car = node(1).terminal("car1").withMedia()) {
            car.snapshot();
            var call = ring(room, "car1");
            var ringing = car.await(CallRinging.class, r -> r.call().equals(call));
            assertThat(ringing.incoming()).isTrue();
            assertThat(ringing.unit()).isEqualTo("xinhe");
            assertThat(ringing.by()).isEqualTo(room.welcome().user().name());
            assertThat(car.verdict(new FloorRequest(call, 0, null, null, null)))
                    .isEqualTo("not-a-member");

            assertThat(car.verdict(new CallAnswer(call))).isEqualTo("ok");

            assertThat(opened(room, call).incoming()).isFalse();
            assertThat(opened(car, call).oneAtATime()).isTrue();
            talk(car, call, room);
            talk(room, call, car);
            hangUp(car, call);
            var told = closed(room, call);
            assertThat(told.cause()).isEqualTo(Cause.HUNG_UP);
            assertThat(told.by()).isEqualTo(car.welcome().user().name());
            for (var one : List.of(room, car)) {
                assertThat(one.verdict(new FloorRequest(call, 0, null, null, null)))
                        .isEqualTo("not-a-member");
                assertThat(one.verdict(new CallAnswer(call))).isEqualTo("not-ringing");
            }
            inTheJournal("CALL_OPENED", "CALL_ANSWERED", "CALL_CLOSED");
            Eventually.holds(() -> node(2).bus().arbiters().at(new CallId(call)).isEmpty());
        }
    }

    @Test
    void whoIsBusyThereSaysSoAndWhoIsAwayIsAway() {
        try (var room = node(0).console("xinhe").withMedia();
                var car = node(1).terminal("car1").withMedia()) {
            car.snapshot();
            var call = ring(room, "car1");
            car.await(CallRinging.class, r -> r.call().equals(call));
            assertThat(car.verdict(new CallDecline(call, "正在处置纠纷"))).isEqualTo("ok");
            var told = closed(room, call);
            assertThat(told.cause()).isEqualTo(Cause.DECLINED);
            assertThat(told.by()).isEqualTo(car.welcome().user().name());
            closed(car, call);
            assertThat(car.verdict(new CallDecline(call, null))).isEqualTo("not-ringing");
            inTheJournal("正在处置纠纷");

            var another = ring(room, "car1");
            car.await(CallRinging.class, r -> r.call().equals(another));
            hangUp(room, another);
            assertThat(closed(car, another).cause()).isEqualTo(Cause.HUNG_UP);

            assertThat(room.verdict(new CallOpen("car2", null, null, null))).isEqualTo("offline");
        }
    }

    @Test
    void aDeviceOfAnotherNodeIsAskedHowItTakesCalls() {
        try (var room = node(0).console("xinhe").withMedia();
                var chief = node(2).console("commander").withMedia();
                var car = node(1).terminal("car1").withVoices(2)) {
            car.verdict(new CallMode(Answering.MANUAL));
            var rings = (CallRinging) room.ask(new CallOpen("car1", true, Answering.AUTO, null));
            hangUp(room, rings.call());
            var forced = (CallOpened) room.ask(new CallOpen("car1", true, Answering.FORCED, null));
            opened(car, forced.call());
            car.verdict(new CallMode(Answering.AUTO));
            var second = (CallOpened) chief.ask(new CallOpen("car1", true, Answering.AUTO, null));
            opened(car, second.call());
            car.await(VoiceSlot.class, v -> second.call().equals(v.call()));

            try (var city = node(0).console("city").withMedia()) {
                assertThat(city.verdict(new CallOpen("car1", true, Answering.FORCED, null)))
                        .isEqualTo("no-slot");
                var third = (CallRinging) city.ask(new CallOpen("car1", true, null, null));
                car.await(CallRinging.class, r -> r.call().equals(third.call()));
                assertThat(car.verdict(new CallAnswer(third.call()))).isEqualTo("no-slot");
                hangUp(city, third.call());
            }
            hangUp(room, forced.call());
            hangUp(chief, second.call());
        }
    }

    @Test
    void ofSeatsAtThreeNodesTheFirstHasTheCall() {
        for (int round = 0; round < 5; round++) {
            try (var city = node(0).console("city").withMedia();
                    var here = node(0).console("zeguo").withMedia();
                    var there = node(1).console("zeguo").withMedia();
                    var far = node(2).console("zeguo").withMedia()) {
                Stream.of(here, there, far).forEach(TestSocket::snapshot);
                var call = ring(city, "zeguo");
                var seats = List.of(here, there, far);
                seats.forEach(seat -> seat.await(CallRinging.class, r -> r.call().equals(call)));

                seats.parallelStream().forEach(seat -> seat.verdict(new CallAnswer(call)));

                opened(city, call);
                seats.forEach(seat ->
                        seat.await(
                                ServerMessage.class,
                                said -> isOpened(said, call) || isClosed(said, call)));
                assertThat(seats.stream().filter(seat -> isIn(seat, call))).hasSize(1);
                seats.stream()
                        .filter(seat -> !isIn(seat, call))
                        .forEach(seat ->
                                assertThat(closed(seat, call).cause())
                                        .isEqualTo(Cause.ANSWERED_ELSEWHERE));
                hangUp(city, call);
            }
        }
    }

    @Test
    void withoutAFloorEachHearsTheOthersMicrophoneOverTheLink() {
        try (var room = node(0).console("xinhe").withMedia();
                var car = node(1).terminal("car1").withMedia()) {
            car.snapshot();
            var call = ((CallOpened) room.ask(new CallOpen("car1", false, null, null))).call();
            assertThat(opened(car, call).oneAtATime()).isFalse();

            var roomMic = new SourceId("session:" + room.welcome().session() + ":mic");
            Eventually.holds(() ->
                    sends(0, 1).equals(List.of(roomMic)) && sends(1, 0).equals(List.of(CAR_MIC)));
            Eventually.holds(() -> hearsNode(1, 0, room) && hearsNode(0, 1, car));

            hangUp(car, call);
            closed(room, call);
            Eventually.holds(() -> sends(0, 1).isEmpty() && sends(1, 0).isEmpty());
            assertThat(hearsNode(1, 0, room)).isFalse();
        }
    }

    @Test
    void aTerminalThatComesBackAtAnotherNodeIsInTheCall() {
        try (var room = node(0).console("xinhe").withMedia()) {
            room.snapshot();
            var before = node(1).terminal("car1").withMedia();
            var call = ((CallOpened) room.ask(new CallOpen("car1", false, null, null))).call();
            opened(before, call);

            try (var car = node(2).terminal("car1").withMedia()) {
                opened(car, call);
                assertThat(before.closeCode()).isEqualTo(4409);
                Eventually.holds(() -> sends(2, 0).equals(List.of(CAR_MIC)));
                Eventually.holds(() -> hearsNode(2, 0, room) && hearsNode(0, 2, car));
                Eventually.holds(() -> sends(1, 0).isEmpty() && sends(0, 1).isEmpty());
                hangUp(car, call);
                closed(room, call);
            }
        }
    }

    @Test
    void whoCameInLaterIsRungToo() {
        try (var room = node(0).console("xinhe").withMedia();
                var before = node(0).terminal("car1").withMedia()) {
            before.snapshot();
            var call = ring(room, "car1");
            try (var car = node(1).terminal("car1").withMedia()) {
                car.await(CallRinging.class, r -> r.call().equals(call));
                car.verdict(new CallAnswer(call));
                opened(car, call);
                opened(room, call);
                hangUp(room, call);
            }
        }
    }

    @Test
    void twoWhoCallEachOtherAtOnceAreInOneCall() {
        for (int round = 0; round < 10; round++) {
            try (var room = node(0).console("xinhe").withMedia();
                    var car = node(1).terminal("car1").withMedia()) {
                car.snapshot();
                var manual = Answering.MANUAL;
                Stream.<Runnable>of(
                                () -> room.ask(new CallOpen("car1", true, manual, null)),
                                () -> car.ask(new CallOpen("xinhe", true, manual, null)))
                        .parallel()
                        .forEach(Runnable::run);
                var call = room.await(CallOpened.class).call();
                opened(car, call);
                Eventually.holds(() -> calls(room).equals(List.of(call)));
                Eventually.holds(() -> calls(car).equals(List.of(call)));
                hangUp(room, call);
                closed(car, call);
            }
        }
    }

    @Test
    void badAndLateLettersDoNothing() {
        try (var room = node(0).console("xinhe").withMedia();
                var car = node(1).terminal("car1").withMedia()) {
            car.snapshot();
            var call = ((CallOpened) room.ask(new CallOpen("car1", true, null, null))).call();
            opened(car, call);
            var bus = node(1).bus();
            var session = car.welcome().session();
            for (var kind : List.of("stands", "happened", "there", "came", "missing", "what")) {
                for (var fields :
                        List.of(
                                Map.<String, String>of(),
                                Map.of("what", "hangUp", "who", ""),
                                Map.of("what", "hangUp", "who", "somebody-else"),
                                Map.of("what", "answer", "who", session),
                                Map.of("number", "x", "people", " ", "phase", "open"),
                                Map.of("number", "1", "people", "", "who", "a b c d e"))) {
                    for (var subject : List.of(call, "no call at all", "gone")) {
                        bus.send(
                                node(0).bus().self(),
                                Topic.CALLS,
                                new Envelope(bus.self(), kind, subject, fields));
                    }
                }
            }
            talk(car, call, room);
            assertThat(calls(room)).containsExactly(call);
            hangUp(room, call);
            closed(car, call);
        }
    }

    private static List<SourceId> sends(int from, int to) {
        return List.copyOf(node(from).relay().sentTo(name(to)).values());
    }

    /// Whether this one, at the node `at`, hears something that comes from another node.
    private static boolean hearsNode(int from, int at, TestSocket socket) {
        var relay = node(at).relay();
        return relay.slotsOf(relay.legOf(socket.welcome().session())).values().stream()
                .anyMatch(source -> source.value().startsWith("link:" + name(from) + ":"));
    }

    private static String name(int index) {
        return node(index).bus().self().value();
    }

    private static void inTheJournal(String... words) {
        Eventually.holds(() -> {
            var journal = node(0).journal("xinhe");
            return Stream.of(words).allMatch(journal::contains);
        });
    }

    private static TestNode node(int index) {
        return nodes.get(index);
    }
}
