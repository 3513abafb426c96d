package org.maplebridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.simulation.RecordedTalk;
import org.maplebridge.media.simulation.Sections;
import org.maplebridge.media.simulation.SimulatedNetwork.Bottleneck;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;
import org.maplebridge.media.simulation.SimulatedPublisher;
import org.maplebridge.media.simulation.Stage;

/// A long day with everything at once: what must hold whatever happens.
///
/// The transports besides insist that no packet number ever protects two different packets.
class InvariantsTest {
    private static final int ROUNDS = 120;
    private static final SourceId GROUP = new SourceId("group");

    private final List<Stage.Peer> terminals = new ArrayList<>();
    private final List<SimulatedPublisher> cameras = new ArrayList<>();
    private long epoch;
    private int opened;
    private int finishes;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 30);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void streamsNeverStepBackAndNothingIsLeftBehind(long seed) {
        var random = new SplittableRandom(seed);
        int loops = 1 + (int) (seed % 3);
        var stage = new Stage(seed, loops);
        stage.everyLoop(relay -> relay.openChannel(GROUP));
        for (int round = 0; round < ROUNDS; round++) {
            act(stage, random, loops);
            stage.run(random.nextLong(1, 200) * MILLI);
        }

        for (Stage.Peer terminal : terminals) {
            assertThat(terminal.stream(number(terminal) * 100 + 50).stepsBack()).isEmpty();
            assertThat(terminal.stream(number(terminal) * 100 + 60).stepsBack()).isEmpty();
        }
        stage.run(SECOND);
        long told =
                stage.events.stream().filter(RelayEvent.FloorFinished.class::isInstance).count();
        assertThat(told).isLessThanOrEqualTo(finishes);
        List.copyOf(terminals).forEach(Stage.Peer::close);
        stage.everyLoop(relay -> relay.closeChannel(GROUP));
        stage.run(SECOND);
        assertThat(stage.recordings).allMatch(RecordedTalk::isOver);
        stage.everyLoop(relay -> {
            assertThat(relay.legs()).isZero();
            assertThat(relay.lines()).isZero();
            assertThat(relay.packetsKept()).isZero();
        });
    }

    private void act(Stage stage, SplittableRandom random, int loops) {
        if (terminals.size() < 3) {
            open(stage, random, loops);
            return;
        }
        var terminal = terminals.get(random.nextInt(terminals.size()));
        String other = "unit" + (1 + random.nextInt(opened));
        switch (random.nextInt(14)) {
            case 0 -> open(stage, random, loops);
            case 1 -> close(terminal);
            case 2, 3, 4 -> terminal.attach("v", other + "-video");
            case 5 -> terminal.detach(random.nextBoolean() ? "v" : "a");
            case 6 -> terminal.attach("a", random.nextBoolean() ? "group" : other + "-audio");
            case 7, 8 -> {
                epoch += random.nextInt(3) == 0 ? 0 : 1;
                if (random.nextInt(3) == 0) {
                    stage.record(GROUP, epoch + random.nextInt(3) - 1);
                }
                long since = stage.now() - random.nextLong(3_000) * MILLI;
                stage.give(GROUP, other + "-audio", epoch, since);
            }
            case 9 -> {
                if (random.nextBoolean()) {
                    stage.everyLoop(relay -> relay.clearFloor(GROUP, epoch));
                } else {
                    stage.finish(GROUP, epoch);
                    finishes++;
                }
            }
            case 10 -> cameras.get(random.nextInt(cameras.size())).jumpTo(random.nextInt(65_536));
            case 11 -> cameras.get(random.nextInt(cameras.size())).setTalking(random.nextBoolean());
            case 12 -> {
                terminal.up.setWeather(weather(random));
                terminal.down.setWeather(weather(random));
                terminal.down.setBottleneck(bottleneck(random));
            }
            default -> terminal.move();
        }
    }

    private void open(Stage stage, SplittableRandom random, int loops) {
        int number = ++opened;
        int base = number * 100;
        String name = "unit" + number;
        var peer =
                stage.open(
                        name,
                        random.nextInt(loops),
                        weather(random),
                        Map.of("0", name + "-video", "1", name + "-audio"),
                        Sections.sending(
                                "0", MediaKind.VIDEO, base, base + 1, Sections.vp8(96, 97)),
                        Sections.sending(
                                "1",
                                MediaKind.AUDIO,
                                base + 2,
                                0,
                                Sections.opus(111),
                                Sections.red(63)),
                        Sections.receiving(
                                "v", MediaKind.VIDEO, base + 50, base + 51, Sections.vp8(96, 97)),
                        Sections.receiving(
                                "a",
                                MediaKind.AUDIO,
                                base + 60,
                                0,
                                Sections.opus(111),
                                Sections.red(63)));
        var camera =
                new SimulatedPublisher(
                        true, number, base, base + 1, random.nextInt(65_536), random.nextInt());
        cameras.add(peer.publishing(camera));
        var microphone =
                new SimulatedPublisher(
                        false, number, base + 2, 0, random.nextInt(65_536), random.nextInt());
        if (random.nextBoolean()) {
            microphone.setRedundancy(63, 1 + random.nextInt(2));
        }
        peer.publishing(microphone);
        peer.viewer().setFeedback(random.nextInt(3) != 0);
        peer.down.setBottleneck(bottleneck(random));
        if (random.nextInt(4) != 0) {
            peer.attach("v", "unit" + (1 + random.nextInt(opened)) + "-video");
        }
        peer.connect();
        peer.attach("a", "group");
        terminals.add(peer);
    }

    private void close(Stage.Peer terminal) {
        terminals.remove(terminal);
        terminal.close();
    }

    private static int number(Stage.Peer terminal) {
        return Integer.parseInt(terminal.id.value().substring("unit".length()));
    }

    private static Bottleneck bottleneck(SplittableRandom random) {
        return random.nextBoolean()
                ? Bottleneck.NONE
                : new Bottleneck(random.nextLong(50_000, 3_000_000), 300 * MILLI);
    }

    private static Weather weather(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> Weather.storm(random.nextDouble(0.2));
            case 1 -> Weather.losing(random.nextDouble(0.1));
            default -> Weather.CALM;
        };
    }
}
