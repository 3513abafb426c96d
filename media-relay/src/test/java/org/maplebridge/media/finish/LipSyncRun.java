package org.maplebridge.media.finish;

import static org.maplebridge.media.simulation.Stage.MILLI;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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

/// A terminal that flashes and beeps, recorded through a relay in simulated time, with 5 % loss and
/// clocks that run off; finished, played, and measured.
///
/// Thread: its caller's.
public final class LipSyncRun {
    private LipSyncRun() {}

    /// @param worstMillis the furthest apart that a flash and its beep are played
    public record Result(int flashes, int beeps, double worstMillis, Finisher.Piece piece) {}

    public static Result run(Path folder, long lengthNanos)
            throws IOException, InterruptedException, Finisher.Failed {
        Path camera = folder.resolve("camera.rec");
        Path microphone = folder.resolve("microphone.rec");
        record(camera, microphone, lengthNanos);
        var piece = FinishHere.finish(List.of(camera, microphone), MadeRecording.KEY, folder);
        List<Long> flashes = FlashesAndBeeps.flashes(piece.file());
        List<Long> beeps = FlashesAndBeeps.beeps(piece.file());
        long worst = 0;
        for (int i = 0; i < Math.min(flashes.size(), beeps.size()); i++) {
            worst = Math.max(worst, Math.abs(flashes.get(i) - beeps.get(i)));
        }
        return new Result(flashes.size(), beeps.size(), worst / (double) MILLI, piece);
    }

    private static void record(Path camera, Path microphone, long lengthNanos)
            throws IOException, InterruptedException {
        var events = new LinkedBlockingQueue<RelayEvent>();
        var stage = new Stage(9);
        try (var recorder = new SourceRecorder(new FolderStore(), events::add, _ -> {}).start()) {
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
                for (long end = stage.now() + lengthNanos; stage.now() < end; ) {
                    terminal.tick(stage.now());
                    stage.run(MILLI);
                }
            }
            for (SourceTap tap : taps) {
                stage.relay().stopRecording(tap);
                recorder.stop(tap.id(), recorder::leave);
            }
            int ended = 0;
            while (ended < taps.size()) {
                RelayEvent event = events.poll(30, TimeUnit.SECONDS);
                if (event == null || event instanceof RelayEvent.RecordingFailed) {
                    throw new IOException("the recording ended by " + event);
                }
                ended += event instanceof RelayEvent.RecordingEnded ? 1 : 0;
            }
        }
    }

    private static SourceTap begin(SourceRecorder recorder, String name, Path file) {
        var plan = new RecordingPlan(file, MadeRecording.KEY);
        var opened = new CompletableFuture<SourceTap>();
        recorder.begin(new RecordingId(name), new SourceId(name), plan, 1, opened::complete);
        return opened.join();
    }
}
