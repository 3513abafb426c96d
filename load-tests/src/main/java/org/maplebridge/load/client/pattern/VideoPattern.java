package org.maplebridge.load.client.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A camera as browsers send it: frames of varying size cut into equal packets (one byte of
/// difference at most), let out every 5 ms at two and a half times the mean rate.
///
/// Thread: its terminal's.
public final class VideoPattern implements MediaPattern {
    private static final int MAX_PAYLOAD = 1_150;
    private static final long PACING_NANOS = 5_000_000;
    private static final double PACING_FACTOR = 2.5;
    private static final int KEY_FRAME_FACTOR = 5;
    private static final int CLOCK_RATE = 90_000;

    private final SplittableRandom random;
    private final int framesPerSecond;
    private final double meanFrameBytes;
    private final double pacedBytes;
    private double owedBytes;

    public VideoPattern(long bitsPerSecond, int framesPerSecond, long seed) {
        this.random = new SplittableRandom(seed);
        this.framesPerSecond = framesPerSecond;
        this.meanFrameBytes = bitsPerSecond / 8.0 / framesPerSecond;
        this.pacedBytes = bitsPerSecond / 8.0 * PACING_FACTOR * PACING_NANOS / 1e9;
    }

    @Override
    public List<Packet> nextFrame(boolean keyFrame) {
        double wished = meanFrameBytes * (0.7 + 0.6 * random.nextDouble());
        double size = keyFrame ? KEY_FRAME_FACTOR * meanFrameBytes : wished - owedBytes / 10;
        int bytes = (int) Math.max(size, meanFrameBytes / 5);
        owedBytes += bytes - meanFrameBytes;
        return cut(bytes);
    }

    private List<Packet> cut(int bytes) {
        int count = (bytes + MAX_PAYLOAD - 1) / MAX_PAYLOAD;
        var packets = new ArrayList<Packet>(count);
        long at = 0;
        double budget = pacedBytes;
        for (int i = 0; i < count; i++) {
            // The longer ones last, as libwebrtc's packetizer does it.
            int length = bytes / count + (i >= count - bytes % count ? 1 : 0);
            if (budget <= 0) {
                at += PACING_NANOS;
                budget += pacedBytes;
            }
            budget -= length;
            packets.add(new Packet(at, length, i == count - 1));
        }
        return packets;
    }

    @Override
    public long frameIntervalNanos() {
        return 1_000_000_000L / framesPerSecond;
    }

    @Override
    public int timestampStep() {
        return CLOCK_RATE / framesPerSecond;
    }

    @Override
    public boolean video() {
        return true;
    }
}
