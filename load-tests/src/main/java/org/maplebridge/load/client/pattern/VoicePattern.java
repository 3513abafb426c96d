package org.maplebridge.load.client.pattern;

import java.util.List;
import java.util.SplittableRandom;

/// Somebody talking: an Opus frame every 20 ms, 24 to 40 kbit/s.
public final class VoicePattern implements MediaPattern {
    private final SplittableRandom random;

    public VoicePattern(long seed) {
        this.random = new SplittableRandom(seed);
    }

    @Override
    public List<Packet> nextFrame(boolean keyFrame) {
        return List.of(new Packet(0, 60 + random.nextInt(40), false));
    }

    @Override
    public long frameIntervalNanos() {
        return 20_000_000;
    }

    @Override
    public int timestampStep() {
        return 960;
    }

    @Override
    public boolean video() {
        return false;
    }
}
