package org.maplebridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.simulation.ReceivedStream;
import org.maplebridge.media.simulation.Sections;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;
import org.maplebridge.media.simulation.SimulatedPublisher;
import org.maplebridge.media.simulation.Stage;
import org.maplebridge.media.simulation.Voice;

/// A talk group whose microphones send only while their keys are down, and who heard which word.
///
/// Thread: the test's.
final class TalkStage {
    static final SourceId GROUP = new SourceId("group");
    private static final int SLOT = 0xa0d1;

    /// One terminal and its microphone.
    record Terminal(Stage.Peer peer, SimulatedPublisher microphone, int number) {
        void key(boolean down) {
            microphone.setTalking(down);
        }

        void listen() {
            peer.attach("l", GROUP.value());
        }

        ReceivedStream heard() {
            return peer.stream(SLOT + number);
        }

        List<Voice> words() {
            return heard().packets().stream().map(packet -> Voice.read(packet.payload())).toList();
        }

        List<Voice> wordsOf(Terminal talker) {
            return words().stream().filter(word -> word.speaker() == talker.number).toList();
        }

        /// How much later, in ms, the last packet of the stream plays than the first, against when
        /// they came: what a listener lags behind for good.
        long lagMillis() {
            var arrivals = List.copyOf(heard().bySeq().values());
            var first = arrivals.getFirst();
            var last = arrivals.getLast();
            long media = (last.packet().timestamp() - first.packet().timestamp()) / 48;
            return media - (last.atNanos() - first.atNanos()) / Stage.MILLI;
        }
    }

    final Stage stage;

    TalkStage(int loops) {
        stage = new Stage(7, loops);
        stage.everyLoop(relay -> relay.openChannel(GROUP));
    }

    Terminal terminal(String name, int number, int loop) {
        return terminal(name, number, loop, Weather.CALM);
    }

    Terminal terminal(String name, int number, int loop, Weather weather) {
        var peer =
                stage.open(
                        name,
                        loop,
                        weather,
                        Map.of("m", name),
                        Sections.sending("m", MediaKind.AUDIO, number * 10, 0, Sections.opus(111)),
                        Sections.receiving(
                                "l", MediaKind.AUDIO, SLOT + number, 0, Sections.opus(109)));
        peer.connect();
        var microphone =
                new SimulatedPublisher(
                        false, number, number * 10, 0, number * 21_000 & 0xffff, number * -77_777);
        microphone.setTalking(false);
        peer.publishing(microphone);
        return new Terminal(peer, microphone, number);
    }

    void give(String talker, long epoch, long sinceNanos) {
        stage.give(GROUP, talker, epoch, sinceNanos);
    }

    void finish(long epoch) {
        stage.finish(GROUP, epoch);
    }

    /// How often it was told that a floor is finished, and which ones.
    List<Long> finished() {
        return stage.events.stream()
                .filter(RelayEvent.FloorFinished.class::isInstance)
                .map(RelayEvent.FloorFinished.class::cast)
                .map(RelayEvent.FloorFinished::epoch)
                .toList();
    }

    /// Runs until it is told that this floor is finished.
    ///
    /// @return how long that took, in ms
    long runUntilFinished(long epoch) {
        long begun = now();
        while (!finished().contains(epoch)) {
            run(Stage.MILLI);
            assertThat(now() - begun).isLessThan(Stage.SECOND);
        }
        return (now() - begun) / Stage.MILLI;
    }

    void clear(long epoch) {
        stage.everyLoop(relay -> relay.clearFloor(GROUP, epoch));
    }

    long now() {
        return stage.now();
    }

    void run(long nanos) {
        stage.run(nanos);
    }

    /// All of a talker's packets from one to before another.
    static List<Voice> words(Terminal talker, int from, int to) {
        return java.util.stream.IntStream.range(from, to)
                .mapToObj(number -> new Voice(talker.number, number))
                .toList();
    }
}
