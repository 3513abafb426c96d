package org.maplebridge.load.county;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.load.client.VoiceTerminals;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRequest;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupClose;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupMake;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupPatch;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupUnpatch;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.Device;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorDenied;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorGranted;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorIdle;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorQueued;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorRevoked;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorTaken;
import org.maplebridge.signaling.protocol.ServerMessage.GroupNews.GroupChanged;

/// Thirty sessions of three towns do two thousand things in no order, all of them with real media;
/// what they were told and heard has to make sense whatever they did.
class RandomCountyTest {
    private static final long SEED = 20_261_128;
    private static final int SESSIONS = 30;
    private static final int ACTIONS = 2_000;
    private static final int HANDS = 3;
    private static final int MADE_GROUPS = 4;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final List<String> GROUPS = List.of("group-xinhe", "group-zeguo", "group-daxi");

    @TempDir Path folder;

    private final Diary diary = new Diary();
    private final ConcurrentLinkedQueue<String> unanswered = new ConcurrentLinkedQueue<>();
    private final List<Handheld> players = new ArrayList<>();

    @Test
    void whateverThirtySessionsDoOnlyOneTalksAtATimeAndInTheEndNobodyDoes() throws Exception {
        try (var node =
                        NodeProcess.start(
                                folder, "-Xmx512m", "--maplebridge.demo.handhelds=" + SESSIONS);
                var door = new NodeDoor(node.uri());
                var terminals = new VoiceTerminals(1)) {
            arrive(node, door, terminals);
            play();
            assertThat(unanswered).as("presses that nobody answered").isEmpty();
            putDown();

            assertThat(diary.talks()).as("talks").isGreaterThan(30);
            assertThat(diary.overlaps()).as("two granted at once").isEmpty();
            for (Handheld player : players) {
                var heard = player.media().orElseThrow().takeHeard();
                assertThat(diary.mixed(player.account(), heard)).as("heard at once").isEmpty();
                assertThat(player.signalling().gaps()).as("messages lost or doubled").isZero();
            }
            try (var witness = arrive(node, door, "city", Device.CONSOLE)) {
                assertThat(witness.groups().values())
                        .as("floors in a fresh snapshot")
                        .allMatch(group -> group.floor() == null);
            }
            players.forEach(Handheld::close);
            assertThat(node.errors()).isEmpty();
        }
    }

    private void arrive(NodeProcess node, NodeDoor door, VoiceTerminals terminals)
            throws IOException {
        for (String room : List.of("city", "xinhe", "zeguo")) {
            players.add(arrive(node, door, room, Device.CONSOLE));
        }
        for (int i = 1; players.size() < SESSIONS; i++) {
            var account = String.format(Locale.ROOT, "handheld-%04d", i);
            players.add(arrive(node, door, account, Device.TERMINAL));
        }
        for (Handheld player : players) {
            player.openMedia(terminals);
        }
    }

    private Handheld arrive(NodeProcess node, NodeDoor door, String account, Device device)
            throws IOException {
        var token = door.signIn(account, node.password());
        return Handheld.arrive(
                door, account, token, device, (message, at) -> note(account, message, at));
    }

    private void note(String account, ServerMessage message, long atNanos) {
        switch (message) {
            case FloorGranted(String call, _, _, _) -> {
                diary.write(account, call, "is granted the floor");
                diary.granted(account, call, atNanos);
            }
            case FloorRevoked(String call, int cause) -> {
                diary.write(account, call, "is told to stop, cause " + cause);
                diary.revoked(account, call, cause, atNanos);
            }
            case FloorQueued(String call, int position, _) -> {
                diary.write(account, call, "waits at " + position);
                diary.toldToWait(account, call, atNanos);
            }
            case FloorDenied(String call, int cause, _) -> {
                diary.write(account, call, "is denied the floor, cause " + cause);
                diary.toldToWait(account, call, atNanos);
            }
            case FloorTaken(String call, var talker, _, _, _) -> {
                diary.write(account, call, "hears " + talker.user());
                diary.toldToWait(account, call, atNanos);
            }
            case FloorIdle(String call) -> {
                diary.write(account, call, "sees the floor free");
                diary.toldToWait(account, call, atNanos);
            }
            case GroupChanged(var group) ->
                    diary.write(account, group.id(), "listens: " + group.affiliated());
            default -> {}
        }
    }

    /// Several hands at once, each with players of its own.
    private void play() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var hands = new ArrayList<Future<?>>();
            for (int hand = 0; hand < HANDS; hand++) {
                var own = new ArrayList<Handheld>();
                for (int i = hand; i < players.size(); i += HANDS) {
                    own.add(players.get(i));
                }
                var random = new SplittableRandom(SEED + hand);
                hands.add(threads.submit(() -> play(own, random, ACTIONS / HANDS)));
            }
            for (Future<?> hand : hands) {
                hand.get();
            }
        }
    }

    private Void play(List<Handheld> own, SplittableRandom random, int actions) throws IOException {
        Map<Handheld, String> held = new HashMap<>();
        for (int i = 0; i < actions; i++) {
            var player = own.get(random.nextInt(own.size()));
            if (!player.signalling().isOpen()) {
                assertThat(player.signalling().resume()).as(player.account() + " resumes").isTrue();
                held.remove(player);
            }
            act(player, held, random);
        }
        held.forEach(this::release);
        return null;
    }

    private void act(Handheld player, Map<Handheld, String> held, SplittableRandom random)
            throws IOException {
        var group = anyGroup(player, random);
        int dice = random.nextInt(100);
        if (dice < 40 && !held.containsKey(player)) {
            press(player, group, random);
            held.put(player, group);
        } else if (dice < 75 && held.containsKey(player)) {
            release(player, held.remove(player));
        } else if (dice < 82) {
            diary.write(player.account(), group, "enters: " + player.affiliate(group));
        } else if (dice < 88) {
            diary.stopped(player.account(), group, System.nanoTime());
            diary.write(player.account(), group, "leaves: " + player.leave(group));
        } else if (dice < 91) {
            diary.stoppedAll(player.account(), System.nanoTime());
            player.drop();
        } else {
            regroup(player, random);
        }
    }

    /// Most may not, and are refused; that is an answer too.
    private static void regroup(Handheld player, SplittableRandom random) throws IOException {
        var id = "made-" + random.nextInt(MADE_GROUPS);
        switch (random.nextInt(4)) {
            case 0 -> {
                var units = List.of("car1", "handheld-000" + (1 + random.nextInt(9)), "zeguo");
                player.signalling().ask(new GroupMake(id, "临时组", units, null, null));
            }
            case 1 -> player.signalling().ask(new GroupClose(id));
            case 2 -> {
                int first = random.nextInt(GROUPS.size());
                var groups = List.of(GROUPS.get(first), GROUPS.get((first + 1) % GROUPS.size()));
                player.signalling().ask(new GroupPatch("patch-" + random.nextInt(3), groups));
            }
            default -> player.signalling().ask(new GroupUnpatch("patch-" + random.nextInt(3)));
        }
    }

    /// Usually one of its own; sometimes one that it does not hear.
    private static String anyGroup(Handheld player, SplittableRandom random) {
        var heard =
                player.groups().values().stream()
                        .filter(group -> group.affiliated())
                        .map(group -> group.id())
                        .filter(id -> GROUPS.contains(id) || id.startsWith("made-"))
                        .sorted()
                        .toList();
        return heard.isEmpty() || random.nextInt(10) == 0
                ? GROUPS.get(random.nextInt(GROUPS.size()))
                : heard.get(random.nextInt(heard.size()));
    }

    private void press(Handheld player, String group, SplittableRandom random) {
        boolean override = random.nextInt(10) == 0;
        int priority = random.nextInt(11);
        diary.willPress(player.account(), group);
        var press = player.press(group, new FloorRequest(group, priority, override, null, null));
        diary.pressed(player, press);
        if (press.await(TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS)).isEmpty()) {
            unanswered.add(player.account() + " in " + group);
        }
    }

    private void release(Handheld player, String group) {
        diary.stopped(player.account(), group, System.nanoTime());
        player.release(group);
    }

    /// Everybody comes back and lets go of everything.
    private void putDown() throws IOException {
        for (Handheld player : players) {
            if (!player.signalling().isOpen()) {
                assertThat(player.signalling().resume()).isTrue();
            }
        }
        var city = players.getFirst();
        for (int i = 0; i < MADE_GROUPS; i++) {
            city.signalling().ask(new GroupUnpatch("patch-" + i));
            city.signalling().ask(new GroupClose("made-" + i));
        }
        for (Handheld player : players) {
            for (String group : GROUPS) {
                if (player.isPressed(group)) {
                    release(player, group);
                }
            }
        }
        for (Handheld player : players) {
            for (String group : GROUPS) {
                awaitFree(player, group);
            }
        }
    }

    private void awaitFree(Handheld player, String group) {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (player.talkerOf(group).isPresent()) {
            long now = System.nanoTime();
            if (now - until >= 0) {
                throw new AssertionError(
                        "%s sees %s in %s:%s"
                                .formatted(
                                        player.account(),
                                        player.talkerOf(group),
                                        group,
                                        diary.pageOf(
                                                player.account(),
                                                group,
                                                now - 2 * PATIENCE_NANOS,
                                                now)));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
