package org.maplebridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.api.RecordingId;
import org.maplebridge.media.api.RecordingKey;
import org.maplebridge.media.api.RecordingPlan;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.record.FolderStore;
import org.maplebridge.media.record.SourceRecorder;
import org.maplebridge.media.record.SourceTap;
import org.maplebridge.media.record.file.Entry;
import org.maplebridge.media.record.file.RecordingReader;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.simulation.Pictures;
import org.maplebridge.media.simulation.Sections;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;
import org.maplebridge.media.simulation.SimulatedPublisher;
import org.maplebridge.media.simulation.Stage;

/// What a source sends is in its recording: all of it, once, with what it takes to play it in time.
class RecordedSourceTest {
    private static final RecordingKey KEY = new RecordingKey("test", new byte[32]);
    private static final SourceId CAMERA = new SourceId("camera");

    private final LinkedBlockingQueue<RelayEvent> events = new LinkedBlockingQueue<>();
    private final SourceRecorder recorder =
            new SourceRecorder(new FolderStore(), events::add, _ -> {}).start();

    @TempDir private Path folder;

    @AfterEach
    void close() {
        recorder.close();
    }

    /// On whichever loop the source is, with nobody looking and with viewers on another loop.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everyPacketIsInTheFileOnce(int loops) throws Exception {
        var stage = new Stage(3, loops);
        start(stage, loops);
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
        viewer.attach("v", CAMERA.value());
        stage.run(4 * SECOND);
        stop(stage);

        var packets = packets(entries());
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
        start(stage, 1);
        stage.run(SECOND);
        stop(stage);

        var first = packets(entries()).getFirst();
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
        start(stage, 1, true);
        stage.run(2 * SECOND);
        stop(stage);

        var packets = packets(entries());
        assertThat(packets).isNotEmpty();
        assertThat(packets).allMatch(packet -> packet.arrivalNanos() >= began);
        assertThat(packets).as("a fresh one is asked for").anyMatch(Entry.Packet::startsKeyFrame);
        assertThat(camera.keyFramesSent()).isGreaterThan(before);
    }

    @Test
    void aPublisherNobodyLooksAtIsAskedForKeyFramesNowAndThen() throws Exception {
        var stage = new Stage(5, 1);
        start(stage, 1);
        var camera = camera(stage, 0, 0);
        stage.run(35 * SECOND);
        stop(stage);

        assertThat(camera.keyFramesSent()).isBetween(4, 5);
    }

    @Test
    void aPublisherThatComesBackGoesOnInTheSameFile() throws Exception {
        var stage = new Stage(6, 1);
        start(stage, 1);
        var first = open(stage, "car", 0, Weather.CALM);
        first.publishing(new SimulatedPublisher(true, 1, 100, 101, 65_000, 5));
        stage.run(2 * SECOND);
        first.close();
        stage.run(SECOND);
        var second = open(stage, "car again", 0, Weather.CALM);
        second.publishing(new SimulatedPublisher(true, 2, 100, 101, 7, -5));
        stage.run(2 * SECOND);
        stop(stage);

        var entries = entries();
        assertThat(entries.stream().filter(Entry.Stretch.class::isInstance))
                .extracting(entry -> ((Entry.Stretch) entry).publisher())
                .contains("car", "car again");
        var packets = packets(entries);
        assertThat(packets.stream().map(p -> Pictures.read(p.payload()).source()).distinct())
                .containsExactly(1, 2);
        assertThat(packets.stream().map(Entry.Packet::seq)).doesNotHaveDuplicates();
    }

    @Test
    void theReportsSayWhichTimestampBelongsToWhichMoment() throws Exception {
        var stage = new Stage(7, 1);
        start(stage, 1);
        camera(stage, 0, 0);
        stage.run(5 * SECOND);
        stop(stage);

        var reports = new ArrayList<Entry.Report>();
        entries()
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
        start(stage, 2);
        var peer = open(stage, "car", 1, Weather.CALM);
        peer.publishing(new SimulatedPublisher(true, 1, 100, 101, 0, 0));
        stage.run(2 * SECOND);
        peer.close();
        assertThat(stage.relay(1).lines()).isEqualTo(1); // it may come back
        stop(stage);
        assertThat(stage.relay(0).lines()).isZero();
        assertThat(stage.relay(1).lines()).isZero();
        assertThat(stage.relay(1).packetsKept()).isZero();
    }

    private void start(Stage stage, int loops) {
        start(stage, loops, false);
    }

    private void start(Stage stage, int loops, boolean fromNow) {
        var plan = new RecordingPlan(folder.resolve("camera.rec"), KEY, fromNow);
        var opened = new CompletableFuture<SourceTap>();
        recorder.begin(new RecordingId("one"), CAMERA, plan, loops, opened::complete);
        SourceTap tap = opened.join();
        stage.everyLoop(relay -> relay.startRecording(tap, stage.now()));
    }

    /// Waits until the file is closed.
    private void stop(Stage stage) throws InterruptedException {
        recorder.stop(
                new RecordingId("one"),
                tap ->
                        stage.everyLoop(relay -> {
                            relay.stopRecording(tap);
                            recorder.leave(tap);
                        }));
        RelayEvent event = events.poll(10, TimeUnit.SECONDS);
        while (event != null && !(event instanceof RelayEvent.RecordingEnded)) {
            event = events.poll(10, TimeUnit.SECONDS);
        }
        assertThat(event).isNotNull();
        assertThat(((RelayEvent.RecordingEnded) Objects.requireNonNull(event)).complete()).isTrue();
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
                        Map.of("0", CAMERA.value()),
                        Sections.sending("0", MediaKind.VIDEO, 100, 101, Sections.vp8(96, 97)));
        peer.connect();
        return peer;
    }

    private List<Entry> entries() throws IOException {
        var entries = new ArrayList<Entry>();
        try (var in = Files.newInputStream(folder.resolve("camera.rec"))) {
            var reader = new RecordingReader(in, _ -> KEY);
            for (var block = reader.next(); block != null; block = reader.next()) {
                entries.addAll(block.entries());
            }
            assertThat(reader.closed()).isTrue();
        }
        return entries;
    }

    private static List<Entry.Packet> packets(List<Entry> entries) {
        var packets = new ArrayList<Entry.Packet>();
        for (Entry entry : entries) {
            if (entry instanceof Entry.Packet packet) {
                packets.add(packet);
            }
        }
        return packets;
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
