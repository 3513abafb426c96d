package org.maplebridge.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.load.client.VoiceTerminal;
import org.maplebridge.load.client.VoiceTerminals;
import org.maplebridge.load.county.Handheld;
import org.maplebridge.load.county.NodeDoor;
import org.maplebridge.load.ground.Places;
import org.maplebridge.load.ground.SharedRecord;
import org.maplebridge.load.ground.Site;
import org.maplebridge.signaling.protocol.ClientMessage.AmbientMessage.AmbientReport;
import org.maplebridge.signaling.protocol.ClientMessage.AmbientMessage.AmbientStart;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.Answering;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallAnswer;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallBroadcast;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallClose;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallOpen;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.Device;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.protocol.ServerMessage.AmbientNews.AmbientAsked;
import org.maplebridge.signaling.protocol.ServerMessage.AmbientNews.AmbientChanged;
import org.maplebridge.signaling.protocol.ServerMessage.AmbientNews.AmbientState;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallClosed;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallOpened;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallRinging;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.Cause;

/// Two real nodes, a room at one and a car at the other, real media: every packet of a private
/// call, of both ways of one without a floor, of a broadcast and of listening in comes over the
/// link.
class TwoNodesTest {
    private static final String GROUP = "group-xinhe";
    private static final long PATIENCE_SECONDS = 20;

    @TempDir Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    /// Somebody, and what they were told.
    private record Somebody(Handheld device, BlockingQueue<ServerMessage> told) {
        <T extends ServerMessage> T await(Class<T> type, Predicate<T> wanted)
                throws InterruptedException {
            while (true) {
                var said = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertThat(said)
                        .as("%s for %s", type.getSimpleName(), device.account())
                        .isNotNull();
                if (type.isInstance(said) && wanted.test(type.cast(said))) {
                    return type.cast(said);
                }
            }
        }

        VoiceTerminal voice() {
            return device.media().orElseThrow();
        }
    }

    @Test
    void everyWordCrosses() throws Exception {
        try (var record = SharedRecord.start(folder);
                var nodes = Nodes.start(folder, site(record), 2, 0);
                var fleet = new VoiceTerminals(1)) {
            var room = arrive(nodes, 0, "xinhe", Device.CONSOLE, fleet);
            var city = arrive(nodes, 0, "city", Device.CONSOLE, fleet);
            var car = arrive(nodes, 1, "car1", Device.TERMINAL, fleet);
            pause(1_500); // the link stands

            rings(room, car);
            withoutAFloor(room, car);
            broadcast(room, car);
            listenIn(city, car);
            afterwardsNothing(room, car);

            var call = open(room, true);
            car.await(CallOpened.class, opened -> opened.call().equals(call));
            nodes.kill(0);
            var closed = car.await(CallClosed.class, ended -> ended.call().equals(call));
            assertThat(closed.cause()).isEqualTo(Cause.LOST);
            assertThat(nodes.node(1).errors()).isEmpty();
        } finally {
            for (var one : open.reversed()) {
                one.close();
            }
        }
    }

    private static Site site(SharedRecord record) {
        var where = List.of("--maplebridge.database.url=" + record.url());
        return new Site(Places.loopback(), where);
    }

    private static void rings(Somebody room, Somebody car) throws Exception {
        var ringing =
                (CallRinging)
                        room.device()
                                .signalling()
                                .ask(new CallOpen("car1", true, Answering.MANUAL, null));
        var call = ringing.call();
        car.await(CallRinging.class, rings -> rings.call().equals(call));
        assertThat(car.device().signalling().verdict(new CallAnswer(call))).isEqualTo("ok");
        car.await(CallOpened.class, opened -> opened.call().equals(call));
        room.await(CallOpened.class, opened -> opened.call().equals(call));
        talk(car, call, room);
        talk(room, call, car);
        car.device().signalling().verdict(new CallClose(call));
        room.await(CallClosed.class, closed -> closed.call().equals(call));
    }

    private static void withoutAFloor(Somebody room, Somebody car) throws Exception {
        var call = open(room, false);
        car.await(CallOpened.class, opened -> opened.call().equals(call));
        pause(500); // both microphones are on their way
        var said = room.device().begin(call);
        var answered = car.device().begin(call);
        pause(600);
        room.device().release(call);
        car.device().release(call);
        pause(300);
        hears(car, room, said.burst());
        hears(room, car, answered.burst());
        room.device().signalling().verdict(new CallClose(call));
        car.await(CallClosed.class, closed -> closed.call().equals(call));
    }

    private static void broadcast(Somebody room, Somebody car) throws Exception {
        var press = room.device().begin(GROUP);
        var verdict = room.device().signalling().verdict(new CallBroadcast("b-1", GROUP));
        assertThat(verdict).isEqualTo("ok");
        assertThat(press.await(5_000)).containsInstanceOf(Handheld.Verdict.Granted.class);
        pause(500);
        room.device().release(GROUP);
        pause(500);
        hears(car, room, press.burst());
    }

    private static void listenIn(Somebody city, Somebody car) throws Exception {
        var verdict = city.device().signalling().verdict(new AmbientStart("a-1", "car1", false));
        assertThat(verdict).isEqualTo("ok");
        car.await(AmbientAsked.class, asked -> asked.ambient().equals("a-1"));
        car.device().signalling().verdict(new AmbientReport("a-1", true, null));
        city.await(AmbientChanged.class, changed -> changed.state() == AmbientState.ON);
        pause(500);
        var noise = car.device().begin("a-1");
        pause(500);
        car.device().release("a-1");
        pause(300);
        hears(city, car, noise.burst());
    }

    /// Who speaks without a floor is warned, so this comes last.
    private static void afterwardsNothing(Somebody room, Somebody car) {
        var late = room.device().begin("over");
        pause(300);
        room.device().release("over");
        pause(200);
        assertThat(car.voice().takeHeard()).noneMatch(heard -> heard.burst() == late.burst());
    }

    private static String open(Somebody room, boolean floor) throws IOException {
        var answer =
                room.device().signalling().ask(new CallOpen("car1", floor, Answering.AUTO, null));
        return ((CallOpened) answer).call();
    }

    private static void talk(Somebody talker, String call, Somebody listener) {
        var press = talker.device().press(call);
        assertThat(press.await(5_000)).containsInstanceOf(Handheld.Verdict.Granted.class);
        pause(400);
        talker.device().release(call);
        pause(500);
        hears(listener, talker, press.burst());
    }

    private static void hears(Somebody listener, Somebody talker, int burst) {
        int said = talker.voice().sentByBurst().getOrDefault(burst, 0);
        assertThat(said).isPositive();
        var heard = new ArrayList<VoiceTerminal.Heard>();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        do {
            listener.voice().takeHeard().stream()
                    .filter(one -> one.burst() == burst)
                    .forEach(heard::add);
            pause(20);
        } while (packets(heard) < said && System.nanoTime() - until < 0);
        assertThat(heard).as("heard of " + burst).isNotEmpty();
        assertThat(heard.getFirst().first()).as("first word").isZero();
        assertThat(packets(heard)).isEqualTo(said);
    }

    private static int packets(List<VoiceTerminal.Heard> heard) {
        return heard.stream().mapToInt(VoiceTerminal.Heard::packets).sum();
    }

    private Somebody arrive(
            Nodes nodes, int index, String account, Device device, VoiceTerminals fleet)
            throws IOException {
        var door = new NodeDoor(nodes.node(index).uri());
        open.add(door);
        var token = door.signIn(account, nodes.password());
        var told = new LinkedBlockingQueue<ServerMessage>();
        var handheld =
                Handheld.arrive(door, account, token, device, (message, _) -> told.add(message));
        open.add(handheld);
        handheld.openMedia(fleet);
        return new Somebody(handheld, told);
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
