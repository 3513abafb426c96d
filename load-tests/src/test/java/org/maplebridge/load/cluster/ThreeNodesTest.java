package org.maplebridge.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.load.client.VoiceTerminal;
import org.maplebridge.load.client.VoiceTerminals;
import org.maplebridge.load.county.Handheld;
import org.maplebridge.load.county.NodeDoor;
import org.maplebridge.load.ground.Places;
import org.maplebridge.load.ground.SharedRecord;
import org.maplebridge.load.ground.Site;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.Device;

/// Three real nodes with one record and real media: who talks on one is heard on the others from
/// the first word to the last, and goes on being heard when the node that decided is killed.
class ThreeNodesTest {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    @TempDir Path folder;

    private String group = "group-xinhe";

    private final List<AutoCloseable> open = new ArrayList<>();

    @Test
    void oneGroupIsHeardOnThreeNodesAndOutlivesTheOneThatDecides() throws Exception {
        try (var record = SharedRecord.start(folder);
                var nodes = Nodes.start(folder, site(record), 3, 0);
                var fleet = new VoiceTerminals(1)) {
            var room = arrive(nodes, 0, "xinhe", Device.CONSOLE, fleet);
            var car = arrive(nodes, 1, "car1", Device.TERMINAL, fleet);
            var other = arrive(nodes, 2, "car2", Device.TERMINAL, fleet);
            for (int round = 0; round < 5; round++) {
                talk(car, 500, List.of(room, other));
                talk(other, 500, List.of(room, car));
                talk(room, 500, List.of(car, other));
            }

            // The room's node decides, since it was there first. The car talks while it dies.
            room.media().orElseThrow().takeHeard();
            other.media().orElseThrow().takeHeard();
            var press = car.press(group);
            assertThat(press.await(5_000)).containsInstanceOf(Handheld.Verdict.Granted.class);
            pause(300);
            nodes.kill(0);
            pause(2_000);
            car.release(group);
            eventually("the floor is free", () -> other.talkerOf(group).isEmpty());
            pause(300);
            int said = car.media().orElseThrow().sentByBurst().getOrDefault(press.burst(), 0);
            assertThat(heard(other, press.burst()).packets()).isEqualTo(said);
            talk(other, 500, List.of(car));
            talk(car, 500, List.of(other));
            for (int i = 1; i < 3; i++) {
                assertThat(nodes.node(i).errors()).isEmpty();
            }
        } finally {
            for (var one : open.reversed()) {
                one.close();
            }
        }
    }

    @Test
    void twoOnEachNodeTalkInTurnAndEverybodyHearsEverybody() throws Exception {
        try (var record = SharedRecord.start(folder);
                var nodes = Nodes.start(folder, site(record), 3, 10);
                var fleet = new VoiceTerminals(1)) {
            group = "group-grid-station-001";
            var everybody = new ArrayList<Handheld>();
            for (int i = 0; i < 6; i++) {
                var account = String.format(Locale.ROOT, "handheld-%04d", i + 1);
                everybody.add(arrive(nodes, i % 3, account, Device.TERMINAL, fleet));
            }
            for (int turn = 0; turn < 18; turn++) {
                var talker = everybody.get(turn % 6);
                talk(talker, 200, everybody.stream().filter(one -> one != talker).toList());
            }
        } finally {
            for (var one : open.reversed()) {
                one.close();
            }
        }
    }

    private static Site site(SharedRecord record) {
        return new Site(Places.loopback(), List.of("--maplebridge.database.url=" + record.url()));
    }

    private void talk(Handheld talker, long millis, List<Handheld> listeners) {
        eventually("the floor is free", () -> talker.talkerOf(group).isEmpty());
        var press = talker.press(group);
        assertThat(press.await(5_000)).containsInstanceOf(Handheld.Verdict.Granted.class);
        pause(millis);
        talker.release(group);
        for (var listener : listeners) {
            eventually("the talk is over", () -> listener.talkerOf(group).isEmpty());
        }
        eventually("own talk is over", () -> talker.talkerOf(group).isEmpty());
        pause(300); // what was sent last may still be on its way when everybody is told that it
        // is over
        int said = talker.media().orElseThrow().sentByBurst().getOrDefault(press.burst(), 0);
        for (var listener : listeners) {
            var heard = heard(listener, press.burst());
            assertThat(heard.first()).as("first word").isZero();
            assertThat(heard.packets()).as(listener.account()).isEqualTo(said);
        }
    }

    private static VoiceTerminal.Heard heard(Handheld listener, int burst) {
        return listener.media().orElseThrow().takeHeard().stream()
                .filter(heard -> heard.burst() == burst)
                .findFirst()
                .orElseThrow(() -> new AssertionError(listener.account() + " heard nothing"));
    }

    private Handheld arrive(
            Nodes nodes, int index, String account, Device device, VoiceTerminals fleet)
            throws IOException {
        var door = new NodeDoor(nodes.node(index).uri());
        open.add(door);
        var token = door.signIn(account, nodes.password());
        var handheld = Handheld.arrive(door, account, token, device, (_, _) -> {});
        open.add(handheld);
        handheld.openMedia(fleet);
        return handheld;
    }

    private static void eventually(String what, BooleanSupplier condition) {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - until).as(what).isNegative();
            pause(5);
        }
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
