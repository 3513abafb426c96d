package org.maplebridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.simulation.Stage.MILLI;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.maplebridge.media.api.LegStats;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.simulation.ReceivedStream;
import org.maplebridge.media.simulation.Sections;
import org.maplebridge.media.simulation.SimulatedNetwork.Bottleneck;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;
import org.maplebridge.media.simulation.SimulatedPublisher;
import org.maplebridge.media.simulation.Stage;
import org.maplebridge.media.simulation.Voice;

/// A camera, a microphone, and viewers behind narrow links, in simulated time.
abstract class NarrowStage {
    static final SourceId CAMERA = new SourceId("cam");
    static final int PICTURE = 0x5107;
    static final int PICTURE_RTX = 0x5108;
    static final int VOICE = 0x5109;
    static final int SECOND_VOICE = 0x510a;
    static final long QUEUE = 400 * MILLI;
    static final Weather WEATHER = new Weather(10 * MILLI, 0, 0, 0, 0, 0);

    /// Voice may be later by this than alone on the same link, 99 of 100 packets.
    static final double BEARABLE_MILLIS = 10;

    /// And so much where one packet of a picture takes longer than the gap between two of voice.
    static final double LONGEST_MILLIS = 45;

    Stage stage = new Stage(1);
    SimulatedPublisher camera = camera(1, 2_000_000);
    SimulatedPublisher microphone = microphone(stage);

    boolean toldPaused() {
        return stage.events.stream()
                .filter(RelayEvent.PictureShown.class::isInstance)
                .map(RelayEvent.PictureShown.class::cast)
                .toList()
                .getLast()
                .paused();
    }

    void begin(int encoder, long bits) {
        begin(encoder, bits, 1);
    }

    void begin(int encoder, long bits, int loops) {
        stage = new Stage(encoder, loops);
        camera = camera(encoder, bits);
        microphone = microphone(stage);
    }

    SimulatedPublisher camera(int encoder, long bits) {
        var peer =
                stage.open(
                        "car",
                        0,
                        Weather.CALM,
                        Map.of("0", "cam"),
                        Sections.sending("0", MediaKind.VIDEO, 0x100, 0x101, Sections.vp8(96, 97)));
        var publisher =
                peer.publishing(
                        new SimulatedPublisher(true, encoder, 0x100, 0x101, 100, 5)
                                .encodingAt(bits));
        peer.connect();
        return publisher;
    }

    static SimulatedPublisher microphone(Stage stage) {
        return microphone(stage, "talker", "mic", 0x102);
    }

    /// What comes with the picture, say.
    void secondMicrophone() {
        stage.run(7 * MILLI); // between two packets of the other one
        microphone(stage, "second", "mic2", 0x103);
    }

    private static SimulatedPublisher microphone(
            Stage stage, String name, String source, int ssrc) {
        var peer =
                stage.open(
                        name,
                        0,
                        Weather.CALM,
                        Map.of("1", source),
                        Sections.sending("1", MediaKind.AUDIO, ssrc, 0, Sections.opus(111)));
        var publisher = peer.publishing(new SimulatedPublisher(false, 2, ssrc, 0, 200, 7));
        peer.connect();
        return publisher;
    }

    Stage.Peer viewer(String name, int loop, long bits) {
        var peer =
                stage.open(
                        name,
                        loop,
                        WEATHER,
                        Map.of(),
                        Sections.receiving(
                                "v", MediaKind.VIDEO, PICTURE, PICTURE_RTX, Sections.vp8(96, 97)),
                        Sections.receiving("a", MediaKind.AUDIO, VOICE, 0, Sections.opus(111)),
                        Sections.receiving(
                                "b", MediaKind.AUDIO, SECOND_VOICE, 0, Sections.opus(111)));
        peer.viewer().setFeedback(true);
        peer.down.setBottleneck(new Bottleneck(bits, QUEUE));
        peer.connect();
        peer.attach("v", "cam");
        peer.attach("a", "mic");
        return peer;
    }

    /// What voice alone takes over the same link.
    static double aloneMillis(long bits) {
        return 10 + 124 * 8_000.0 / bits;
    }

    List<Double> delaysSince(Stage.Peer viewer, long nanos) {
        var delays = new ArrayList<Double>();
        for (ReceivedStream.Arrival arrival : viewer.stream(VOICE).bySeq().values()) {
            int number = Voice.read(arrival.packet().payload()).number();
            long sent = microphone.sentNanos(number);
            if (sent >= nanos) {
                delays.add((arrival.atNanos() - sent) / 1e6);
            }
        }
        assertThat(delays).isNotEmpty();
        return delays;
    }

    static double percentile(List<Double> values, int percent) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    static int lostVoiceSince(Stage.Peer viewer, long nanos) {
        ReceivedStream stream = viewer.stream(VOICE);
        long first =
                stream.bySeq().entrySet().stream()
                        .filter(entry -> entry.getValue().atNanos() >= nanos)
                        .mapToLong(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow();
        return (int) stream.holes().stream().filter(seq -> seq > first).count();
    }

    /// Whole pictures in a row behind a key frame.
    static int picturesSince(Stage.Peer viewer, long nanos) {
        ReceivedStream stream = viewer.stream(PICTURE);
        int before = 0;
        for (ReceivedStream.Arrival arrival : stream.bySeq().values()) {
            before += arrival.atNanos() < nanos && arrival.packet().marker() ? 1 : 0;
        }
        return stream.shown().size() - Math.min(before, stream.shown().size());
    }

    String state(Stage.Peer viewer) {
        return stats(viewer).slots().getFirst().state();
    }

    LegStats stats(Stage.Peer viewer) {
        int loop = viewer.loop();
        return Objects.requireNonNull(stage.relay(loop).legStats(viewer.id, stage.now()));
    }
}
