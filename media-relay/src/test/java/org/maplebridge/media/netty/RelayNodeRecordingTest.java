package org.maplebridge.media.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.media.api.RecordingId;
import org.maplebridge.media.api.RecordingKey;
import org.maplebridge.media.api.RecordingPlan;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.record.file.Verdict;

class RelayNodeRecordingTest {
    private static final SourceId CAMERA = new SourceId("camera");

    private final LinkedBlockingQueue<RelayEvent> events = new LinkedBlockingQueue<>();

    @TempDir private Path folder;

    @Test
    void aRecordingEndsOnceWhateverIsAskedForTwice() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        var config = new RelayConfig(0, List.of(new LocalAddress(loopback, loopback)), 2, 10, true);
        Path file = folder.resolve("camera.rec");
        try (var node = RelayNode.start(config, events::add)) {
            var id = new RecordingId("one");
            var plan = new RecordingPlan(file, new RecordingKey("key", new byte[32]));
            node.startRecording(id, CAMERA, plan);
            node.startRecording(id, CAMERA, plan);
            node.stopRecording(id);
            node.stopRecording(id);
            node.stopRecording(new RecordingId("unknown"));
            ended(file);

            Path second = folder.resolve("second.rec");
            node.startRecording(
                    new RecordingId("two"), CAMERA, new RecordingPlan(second, plan.key()));
            node.close();
            ended(second); // a node that is stopped closes its files
        }
        assertThat(events).isEmpty();
    }

    private void ended(Path file) throws Exception {
        var ended = (RelayEvent.RecordingEnded) events.poll(10, TimeUnit.SECONDS);
        assertThat(ended).isNotNull();
        assertThat(ended.file()).isEqualTo(file);
        assertThat(ended.complete()).isTrue();
        assertThat(ended.bytes()).isEqualTo(Files.size(file));
        try (var in = Files.newInputStream(file)) {
            assertThat(Verdict.of(in).closed()).isTrue();
        }
    }
}
