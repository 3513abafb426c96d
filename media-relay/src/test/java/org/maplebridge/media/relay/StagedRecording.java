package org.maplebridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
import org.maplebridge.media.simulation.Stage;

/// A recording of one source on a stage, and what is in its file.
///
/// Thread: the test's.
final class StagedRecording implements AutoCloseable {
    private static final RecordingKey KEY = new RecordingKey("test", new byte[32]);
    private static final RecordingId ID = new RecordingId("one");

    private final LinkedBlockingQueue<RelayEvent> events = new LinkedBlockingQueue<>();
    private final SourceRecorder recorder =
            new SourceRecorder(new FolderStore(), events::add, _ -> {}).start();
    private final Stage stage;
    private final int loops;
    private final SourceId source;
    private final Path file;

    StagedRecording(Stage stage, int loops, String source, Path folder) {
        this.stage = stage;
        this.loops = loops;
        this.source = new SourceId(source);
        this.file = folder.resolve(source + ".rec");
    }

    StagedRecording start() {
        return start(false);
    }

    StagedRecording start(boolean fromNow) {
        var plan = new RecordingPlan(file, KEY, fromNow);
        var opened = new CompletableFuture<SourceTap>();
        recorder.begin(ID, source, plan, loops, opened::complete);
        SourceTap tap = opened.join();
        stage.everyLoop(relay -> relay.startRecording(tap, stage.now()));
        return this;
    }

    /// Waits until the file is closed.
    void stop() throws InterruptedException {
        recorder.stop(
                ID,
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

    List<Entry> entries() throws IOException {
        var entries = new ArrayList<Entry>();
        try (var in = Files.newInputStream(file)) {
            var reader = new RecordingReader(in, _ -> KEY);
            for (var block = reader.next(); block != null; block = reader.next()) {
                entries.addAll(block.entries());
            }
            assertThat(reader.closed()).isTrue();
        }
        return entries;
    }

    List<Entry.Packet> packets() throws IOException {
        var packets = new ArrayList<Entry.Packet>();
        for (Entry entry : entries()) {
            if (entry instanceof Entry.Packet packet) {
                packets.add(packet);
            }
        }
        return packets;
    }

    @Override
    public void close() {
        recorder.close();
    }
}
