package org.maplebridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.media.record.file.Entry;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.simulation.LayeredCamera;
import org.maplebridge.media.simulation.Pictures;
import org.maplebridge.media.simulation.Sections;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;
import org.maplebridge.media.simulation.SimulatedPublisher;
import org.maplebridge.media.simulation.Stage;

/// A recording of a camera that sends three layers: the highest that comes, without a gap.
class RecordedLayersTest {
    private static final String CAMERA = "cam";
    private static final int LOW = 1;
    private static final int MIDDLE = 2;
    private static final int HIGH = 3;

    @TempDir private Path folder;
    private final Stage stage = new Stage(9, 2);
    private final List<LayeredCamera> cameras = new ArrayList<>();
    private StagedRecording recording;

    @BeforeEach
    void begin() {
        recording = new StagedRecording(stage, 2, CAMERA, folder);
    }

    @AfterEach
    void close() {
        recording.close();
    }

    @Test
    void whileAllComeItIsTheHighestAndTheOthersRest() throws Exception {
        recording.start();
        var camera = camera("car");
        run(8 * SECOND);
        assertThat(camera.wanted()).containsExactly("q", "f");
        recording.stop();
        run(6 * SECOND);
        assertThat(camera.wanted()).containsExactly("q");

        var packets = recording.packets();
        assertThat(shown(packets)).endsWith(HIGH);
        assertThat(longestGapMillis(packets)).isLessThan(120);
    }

    @Test
    void whatTheUplinkDoesNotBearIsNotWaitedFor() throws Exception {
        var camera = camera("car");
        camera.bear(1);
        run(2 * SECOND);
        recording.start();
        run(3 * SECOND);
        camera.bear(2);
        run(8 * SECOND);
        assertThat(camera.wanted()).as("what is missed is still asked for").contains("f");
        camera.bear(3);
        run(8 * SECOND);
        camera.bear(1);
        run(3 * SECOND);
        recording.stop();

        var packets = recording.packets();
        assertThat(shown(packets)).containsExactly(LOW, MIDDLE, HIGH, LOW);
        assertThat(longestGapMillis(packets))
                .as("until it is known to be silent")
                .isLessThan(1_000);
        eachStretchBeginsWithAKeyFrame();
    }

    @Test
    void oneFromNowHasNothingFromBefore() throws Exception {
        var camera = camera("car");
        camera.bear(2);
        run(2 * SECOND);
        long began = stage.now();
        recording.start(true);
        run(3 * SECOND);
        recording.stop();

        var packets = recording.packets();
        assertThat(packets).allMatch(packet -> packet.arrivalNanos() >= began);
        assertThat(shown(packets)).containsExactly(MIDDLE);
        assertThat(packets).anyMatch(Entry.Packet::startsKeyFrame);
    }

    @Test
    void whoComesBackWithOneStreamIsRecordedOn() throws Exception {
        recording.start();
        var camera = camera("car");
        camera.bear(1);
        run(4 * SECOND);
        camera.peer().close();
        cameras.clear();
        run(SECOND);
        var plain = oneStream();
        run(3 * SECOND);
        recording.stop();

        assertThat(shown(recording.packets())).containsExactly(LOW, 9);
        plain.close();
        assertThat(stage.relay(0).lines()).isZero();
        assertThat(stage.relay(0).packetsKept()).isZero();
    }

    @Test
    void aPageThatTakesOverWithOneStreamIsRecordedToo() throws Exception {
        recording.start();
        var camera = camera("car");
        camera.bear(1);
        run(4 * SECOND);
        oneStream();
        run(3 * SECOND);
        recording.stop();

        assertThat(shown(recording.packets())).containsExactly(LOW, 9);
    }

    private LayeredCamera camera(String name) {
        var camera = new LayeredCamera(stage, name, CAMERA, 0x200);
        cameras.add(camera);
        return camera;
    }

    /// Another page of the car's, which knows no layers.
    private Stage.Peer oneStream() {
        var plain =
                stage.open(
                        "car again",
                        0,
                        Weather.CALM,
                        Map.of("0", CAMERA),
                        Sections.sending("0", MediaKind.VIDEO, 7, 8, Sections.vp8(96, 97)));
        plain.connect();
        plain.publishing(new SimulatedPublisher(true, 9, 7, 8, 0, 0));
        return plain;
    }

    private void run(long nanos) {
        for (long end = stage.now() + nanos; stage.now() < end; ) {
            cameras.forEach(LayeredCamera::obey);
            stage.run(50 * MILLI);
        }
    }

    /// Whose pictures follow each other.
    private static List<Integer> shown(List<Entry.Packet> packets) {
        var shown = new ArrayList<Integer>();
        for (Entry.Packet packet : packets) {
            int source = Pictures.read(packet.payload()).source();
            if (shown.isEmpty() || shown.getLast() != source) {
                shown.add(source);
            }
        }
        return shown;
    }

    private static long longestGapMillis(List<Entry.Packet> packets) {
        long longest = 0;
        long before = packets.getFirst().arrivalNanos();
        for (Entry.Packet packet : packets) {
            longest = Math.max(longest, packet.arrivalNanos() - before);
            before = Math.max(before, packet.arrivalNanos());
        }
        return longest / MILLI;
    }

    private void eachStretchBeginsWithAKeyFrame() throws Exception {
        Set<Integer> begun = new HashSet<>();
        int stretch = 0;
        for (Entry entry : recording.entries()) {
            if (entry instanceof Entry.Stretch next) {
                stretch = next.number();
            } else if (entry instanceof Entry.Packet packet && begun.add(stretch)) {
                assertThat(packet.startsKeyFrame()).as("stretch %d", stretch).isTrue();
            }
        }
        assertThat(begun).hasSize(4);
    }
}
