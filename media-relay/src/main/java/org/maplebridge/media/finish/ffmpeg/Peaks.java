package org.maplebridge.media.finish.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.ShortPointer;

/// How loud a piece's first voice is: the highest sample of each twentieth of a second, 0 to 255.
///
/// Thread: confined to its caller.
public final class Peaks {
    static final int PER_SECOND = 20;

    private byte[] peaks = new byte[1_024];
    private int count;

    private Peaks() {}

    /// Writes `{"perSecond":20,"peaks":[…]}`.
    public static void write(Path piece, Path file) throws IOException {
        var peaks = new Peaks();
        try (var reader = PieceReader.sound(piece)) {
            for (AVFrame frame = reader.next(); frame != null; frame = reader.next()) {
                peaks.add(reader.atNanos(frame), samples(frame), frame.sample_rate());
            }
        }
        Files.writeString(file, peaks.json(), StandardCharsets.US_ASCII);
    }

    private void add(long atNanos, float[] samples, int rate) {
        double at = atNanos / 1e9;
        for (int i = 0; i < samples.length; i++) {
            int slot = (int) ((at + (double) i / rate) * PER_SECOND);
            if (slot >= peaks.length) {
                peaks = Arrays.copyOf(peaks, 2 * slot);
            }
            count = Math.max(count, slot + 1);
            int level = (int) Math.min(255, Math.abs(samples[i]) * 255);
            peaks[slot] = (byte) Math.max(level, peaks[slot] & 0xff);
        }
    }

    /// One channel's.
    static float[] samples(AVFrame frame) throws IOException {
        int channels = frame.format() == AV_SAMPLE_FMT_FLTP ? 1 : frame.ch_layout().nb_channels();
        float[] samples = new float[frame.nb_samples() * channels];
        if (frame.format() == AV_SAMPLE_FMT_FLTP || frame.format() == AV_SAMPLE_FMT_FLT) {
            new FloatPointer(frame.data(0)).get(samples);
        } else if (frame.format() == AV_SAMPLE_FMT_S16) {
            short[] whole = new short[samples.length];
            new ShortPointer(frame.data(0)).get(whole);
            for (int i = 0; i < whole.length; i++) {
                samples[i] = whole[i] / 32_768f;
            }
        } else {
            throw new IOException("sound in an unknown form: " + frame.format());
        }
        float[] first = new float[frame.nb_samples()];
        for (int i = 0; i < first.length; i++) {
            first[i] = samples[i * channels];
        }
        return first;
    }

    private String json() {
        var text = new StringBuilder("{\"perSecond\":").append(PER_SECOND).append(",\"peaks\":[");
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ",").append(peaks[i] & 0xff);
        }
        return text.append("]}").toString();
    }
}
