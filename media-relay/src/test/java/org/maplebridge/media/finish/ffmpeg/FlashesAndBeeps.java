package org.maplebridge.media.finish.ffmpeg;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/// When a piece flashes and beeps, found in what a player would show and let sound.
public final class FlashesAndBeeps {
    private static final float LOUD = 0.15f;
    private static final int LIGHT = 128;

    /// Shorter pauses are lost packets.
    private static final long PAUSE_NANOS = 1_000_000_000L;

    private FlashesAndBeeps() {}

    /// The middle of each flash, in nanoseconds.
    public static List<Long> flashes(Path piece) throws IOException {
        var middles = new ArrayList<Long>();
        try (var reader = PieceReader.picture(piece)) {
            long began = -1;
            for (AVFrame frame = reader.next(); frame != null; frame = reader.next()) {
                long at = reader.atNanos(frame);
                long middle = (long) frame.height() / 2 * frame.linesize(0) + frame.width() / 2;
                boolean light = (frame.data(0).get(middle) & 0xff) > LIGHT;
                if (light && began < 0) {
                    began = at;
                } else if (!light && began >= 0) {
                    middles.add((began + at) / 2);
                    began = -1;
                }
            }
        }
        return middles;
    }

    /// The middle of each beep. Samples are counted from the first on, as sound cards do.
    public static List<Long> beeps(Path piece) throws IOException {
        var middles = new ArrayList<Long>();
        try (var reader = PieceReader.sound(piece)) {
            long first = -1;
            long samples = 0;
            long began = -1;
            long last = -1;
            for (AVFrame frame = reader.next(); frame != null; frame = reader.next()) {
                first = first < 0 ? reader.atNanos(frame) : first;
                float[] levels = Peaks.samples(frame);
                for (float level : levels) {
                    long at = first + samples++ * 1_000_000_000L / frame.sample_rate();
                    if (Math.abs(level) > LOUD) {
                        began = began < 0 ? at : began;
                        last = at;
                    } else if (began >= 0 && at - last > PAUSE_NANOS) {
                        middles.add((began + last) / 2);
                        began = -1;
                    }
                }
            }
        }
        return middles;
    }
}
