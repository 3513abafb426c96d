package org.maplebridge.media.finish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.media.api.Finisher;
import org.maplebridge.media.api.RecordingId;
import org.maplebridge.media.api.RecordingPlan;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.finish.ffmpeg.FlashesAndBeeps;
import org.maplebridge.media.record.FolderStore;
import org.maplebridge.media.record.SourceRecorder;
import org.maplebridge.media.record.SourceTap;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.simulation.Sections;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;
import org.maplebridge.media.simulation.Stage;

/// Half an hour through a relay, with 5 % loss and clocks that run off: what flashes and beeps at
/// one moment does so in the finished file, for a player that counts samples.
class FinishedLipSyncTest {
    private static final long LENGTH = 30 * 60 * SECOND;
    private static final long ALLOWED_NANOS = 40 * MILLI;

    @TempDir private Path folder;

    @Test
    void flashAndBeepStayTogetherForHalfAnHour() throws Exception {
        Path camera = folder.resolve("camera.rec");
        Path microphone = folder.resolve("microphone.rec");
        record(camera, microphone);
        var wish =
                new Finisher.Wish(
                        List.of(camera, microphone),
                        List.of(MadeRecording.KEY),
                        folder,
                        "piece",
                        0,
                        Long.MAX_VALUE);
        var piece = Finishing.run(wish);

        List<Long> flashes = FlashesAndBeeps.flashes(piece.file());
        List<Long> beeps = FlashesAndBeeps.beeps(piece.file());
        assertThat(flashes).hasSize(180);
        assertThat(beeps).hasSize(180);
        long worst = 0;
        for (int i = 0; i < flashes.size(); i++) {
            worst = Math.max(worst, Math.abs(flashes.get(i) - beeps.get(i)));
        }
        System.out.printf(
                "lip sync over 30 min: %.1f ms at worst; %d pictures left out, %d ms concealed%n",
                worst / 1e6, piece.framesLeftOut(), piece.concealedMillis());
        assertThat(worst).isLessThanOrEqualTo(ALLOWED_NANOS);
    }

    private void record(Path camera, Path microphone) throws Exception {
        var events = new LinkedBlockingQueue<RelayEvent>();
        var stage = new Stage(9);
        try (var recorder = new SourceRecorder(new FolderStore(), events::add).start()) {
            var taps = new ArrayList<SourceTap>();
            taps.add(begin(recorder, "camera", camera));
            taps.add(begin(recorder, "microphone", microphone));
            taps.forEach(tap -> stage.relay().startRecording(tap, stage.now()));
            var peer =
                    stage.open(
                            "terminal",
                            0,
                            new Weather(30 * MILLI, 10 * MILLI, 0.05, 0, 0, 0),
                            Map.of("0", "camera", "1", "microphone"),
                            Sections.sending(
                                    "0",
                                    MediaKind.VIDEO,
                                    FlashAndBeep.CAMERA,
                                    FlashAndBeep.CAMERA_AGAIN,
                                    Sections.vp8(96, 97)),
                            Sections.sending(
                                    "1",
                                    MediaKind.AUDIO,
                                    FlashAndBeep.MICROPHONE,
                                    0,
                                    Sections.opus(111)));
            peer.connect();
            try (var terminal = new FlashAndBeep(peer.up, stage.now())) {
                peer.hearing(terminal::hear);
                for (long end = stage.now() + LENGTH; stage.now() < end; ) {
                    terminal.tick(stage.now());
                    stage.run(MILLI);
                }
            }
            for (SourceTap tap : taps) {
                Objects.requireNonNull(recorder.stop(tap.id()));
                stage.relay().stopRecording(tap);
                recorder.leave(tap);
            }
            int ended = 0;
            while (ended < taps.size()) {
                RelayEvent event = events.poll(30, TimeUnit.SECONDS);
                assertThat(event).isNotNull().isNotInstanceOf(RelayEvent.RecordingFailed.class);
                ended += event instanceof RelayEvent.RecordingEnded ? 1 : 0;
            }
        }
    }

    private static SourceTap begin(SourceRecorder recorder, String name, Path file) {
        var plan = new RecordingPlan(file, MadeRecording.KEY);
        return Objects.requireNonNull(
                recorder.begin(new RecordingId(name), new SourceId(name), plan, 1));
    }
}
