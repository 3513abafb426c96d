package org.maplebridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.record.file.Entry;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.simulation.Pictures;
import org.maplebridge.media.simulation.Sections;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;
import org.maplebridge.media.simulation.SimulatedPublisher;
import org.maplebridge.media.simulation.Stage;

/// What a source sends is in its recording: all of it, once, with what it takes to play it in time.
class RecordedSourceTest {
    private static final String CAMERA = "camera";

    @TempDir private Path folder;
    private @Nullable StagedRecording recording;

    @AfterEach
    void close() {
        Objects.requireNonNull(recording).close();
    }

    private StagedRecording record(Stage stage, int loops) {
        var made = new StagedRecording(stage, loops, CAMERA, folder);
        recording = made;
        return made;
    }

    /// On whichever loop the source is, with nobody looking and with viewers on another loop.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everyPacketIsInTheFileOnce(int loops) throws Exception {
        var stage = new Stage(3, loops);
        var recorded = record(stage, loops).start();
        var camera = camera(stage, loops - 1, 0.05);
        stage.run(4 * SECOND);
        var viewer =
                stage.open(
                        "room",
                        0,
                        Weather.CALM,
                        Map.of(),
                        Sections.receiving("v", MediaKind.VIDEO, 1, 2, Sections.vp8(96, 97)));
        viewer.connect();
        viewer.attach("v", CAMERA);
        stage.run(4 * SECOND);
        recorded.stop();

        var packets = recorded.packets();
        assertThat(packets.stream().map(Entry.Packet::seq)).doesNotHaveDuplicates();
        assertThat(packets.size()).isGreaterThan(camera.packetsSent() * 99 / 100);
        assertThat(viewer.stream(1).packets()).isNotEmpty();
        assertWhole(packets, camera.frames());
    }

    @Test
    void itBeginsWithTheKeyFrameThatTheRelayKeeps() throws Exception {
        var stage = new Stage(4, 1);
        camera(stage, 0, 0);
        stage.run(1_500 * MILLI);
        var recorded = record(stage, 1).start();
        stage.run(SECOND);
        recorded.stop();

        var first = recorded.packets().getFirst();
        assertThat(Pictures.read(first.payload()).frame()).isZero();
        assertThat(first.startsKeyFrame()).isTrue();
    }

    @Test
    void oneFromNowTakesNothingOfWhatTheRelayKeeps() throws Exception {
        var stage = new Stage(4, 1);
        var camera = camera(stage, 0, 0);
        stage.run(1_500 * MILLI);
        long began = stage.now();
        int before = camera.keyFramesSent();
        var recorded = record(stage, 1).start(true);
        stage.run(2 * SECOND);
        recorded.stop();

        var packets = recorded.packets();
        assertThat(packets).isNotEmpty();
        assertThat(packets).allMatch(packet -> packet.arrivalNanos() >= began);
        assertThat(packets).as("a fresh one is asked for").anyMatch(Entry.Packet::startsKeyFrame);
        assertThat(camera.keyFramesSent()).isGreaterThan(before);
    }

    @Test
    void aPublisherNobodyLooksAtIsAskedForKeyFramesNowAndThen() throws Exception {
        var stage = new Stage(5, 1);
        var recorded = record(stage, 1).start();
        var camera = camera(stage, 0, 0);
        stage.run(35 * SECOND);
        recorded.stop();

        assertThat(camera.keyFramesSent()).isBetween(4, 5);
    }

    @Test
    void aPublisherThatComesBackGoesOnInTheSameFile() throws Exception {
        var stage = new Stage(6, 1);
        var recorded = record(stage, 1).start();
        var first = open(stage, "car", 0, Weather.CALM);
        first.publishing(new SimulatedPublisher(true, 1, 100, 101, 65_000, 5));
        stage.run(2 * SECOND);
        first.close();
        stage.run(SECOND);
        var second = open(stage, "car again", 0, Weather.CALM);
        second.publishing(new SimulatedPublisher(true, 2, 100, 101, 7, -5));
        stage.run(2 * SECOND);
        recorded.stop();

        var entries = recorded.entries();
        assertThat(entries.stream().filter(Entry.Stretch.class::isInstance))
                .extracting(entry -> ((Entry.Stretch) entry).publisher())
                .contains("car", "car again");
        var packets = recorded.packets();
        assertThat(packets.stream().map(p -> Pictures.read(p.payload()).source()).distinct())
                .containsExactly(1, 2);
        assertThat(packets.stream().map(Entry.Packet::seq)).doesNotHaveDuplicates();
    }

    @Test
    void theReportsSayWhichTimestampBelongsToWhichMoment() throws Exception {
        var stage = new Stage(7, 1);
        var recorded = record(stage, 1).start();
        camera(stage, 0, 0);
        stage.run(5 * SECOND);
        recorded.stop();

        var reports = new ArrayList<Entry.Report>();
        recorded.entries()
                .forEach(entry -> {
                    if (entry instanceof Entry.Report report) {
                        reports.add(report);
                    }
                });
        assertThat(reports).hasSize(5);
        for (int i = 1; i < reports.size(); i++) {
            long seconds = reports.get(i).ntpTime() - reports.getFirst().ntpTime() >>> 32;
            int ticks = reports.get(i).timestamp() - reports.getFirst().timestamp();
            assertThat(ticks)
                    .isBetween((int) seconds * 90_000 - 90_000, (int) seconds * 90_000 + 90_000);
        }
    }

    @Test
    void nothingIsLeftBehind() throws Exception {
        var stage = new Stage(8, 2);
        var recorded = record(stage, 2).start();
        var peer = open(stage, "car", 1, Weather.CALM);
        peer.publishing(new SimulatedPublisher(true, 1, 100, 101, 0, 0));
        stage.run(2 * SECOND);
        peer.close();
        assertThat(stage.relay(1).lines()).isEqualTo(1); // it may come back
        recorded.stop();
        assertThat(stage.relay(0).lines()).isZero();
        assertThat(stage.relay(1).lines()).isZero();
        assertThat(stage.relay(1).packetsKept()).isZero();
    }

    private static SimulatedPublisher camera(Stage stage, int loop, double loss) {
        var peer = open(stage, "car", loop, new Weather(20 * MILLI, 5 * MILLI, loss, 0, 0, 0));
        return peer.publishing(new SimulatedPublisher(true, 1, 100, 101, 65_400, 77));
    }

    private static Stage.Peer open(Stage stage, String name, int loop, Weather weather) {
        var peer =
                stage.open(
                        name,
                        loop,
                        weather,
                        Map.of("0", CAMERA),
                        Sections.sending("0", MediaKind.VIDEO, 100, 101, Sections.vp8(96, 97)));
        peer.connect();
        return peer;
    }

    /// Nearly every picture has all of its parts: what was lost on the way was sent again.
    private static void assertWhole(List<Entry.Packet> packets, int frames) {
        var parts = new TreeSet<Integer>();
        int whole = 0;
        for (Entry.Packet packet : packets) {
            var part = Pictures.read(packet.payload());
            parts.add(part.frame() * 100 + part.part());
        }
        for (Entry.Packet packet : packets) {
            var part = Pictures.read(packet.payload());
            if (part.part() == 0) {
                var all = parts.subSet(part.frame() * 100, part.frame() * 100 + 100);
                whole += all.size() == part.parts() ? 1 : 0;
            }
        }
        assertThat(whole).isGreaterThan(frames * 95 / 100);
    }
}
