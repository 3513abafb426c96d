package org.maplebridge.media.simulation;

import java.util.SplittableRandom;

/// How many bytes a browser's VP8 encoder makes of each picture: it is asked for less at once, goes
/// up by and by, makes no key frame smaller than its size is worth, and after some seconds of too
/// few bits makes the picture smaller.
///
/// Thread: the test's.
public final class BrowserEncoder {
    public static final long PICTURE_NANOS = 50_000_000L;

    /// A street of 640 by 480 pixels, as coarse as may be.
    private static final int LARGE_KEY_BYTES = 12_000;

    private static final int SMALL_KEY_BYTES = 4_000;
    private static final int LARGE_LEAST_BYTES = 1_200;
    private static final int SMALL_LEAST_BYTES = 300;
    private static final long LARGE_FROM_BITS = 350_000;
    private static final long SHRINKS_NANOS = 6_000_000_000L;
    private static final long GROWS_NANOS = 10_000_000_000L;
    private static final int KEY_FRAME_TIMES = 7;

    /// Growth a second.
    private static final double RISE = 0.25;

    private final SplittableRandom random;
    private final long most;
    private long target;
    private boolean small;
    private boolean other;
    private long otherNanos;
    private long lastNanos;
    private long owedBytes;

    public BrowserEncoder(int seed, long most) {
        random = new SplittableRandom(seed);
        this.most = most;
        target = most;
    }

    /// Takes what it is asked for at most.
    ///
    /// @return whether the next picture has another size, and begins with a key frame
    boolean follow(long limit, long nowNanos) {
        double seconds = Math.min(1, (nowNanos - lastNanos) / 1e9);
        lastNanos = nowNanos;
        target = Math.min(Math.min(most, limit), (long) (target * (1 + RISE * seconds)));
        target = Math.max(30_000, target);
        return resize(nowNanos);
    }

    /// The bytes of the picture captured now, 0 when it is left out to make up for what was too
    /// large.
    int bytes(boolean key) {
        long mean = target * PICTURE_NANOS / 8_000_000_000L;
        owedBytes = Math.max(-mean, owedBytes - mean);
        if (!key && owedBytes > mean * 10) {
            return 0;
        }
        double spread = 0.7 + 0.6 * random.nextDouble();
        int least = key ? keyBytes() : small ? SMALL_LEAST_BYTES : LARGE_LEAST_BYTES;
        int bytes = Math.max(least, (int) (mean * (key ? KEY_FRAME_TIMES : spread)));
        owedBytes += bytes;
        return bytes;
    }

    private int keyBytes() {
        return small ? SMALL_KEY_BYTES : LARGE_KEY_BYTES;
    }

    private boolean resize(long nowNanos) {
        boolean wrong = small != target < LARGE_FROM_BITS;
        otherNanos = wrong && other ? otherNanos : nowNanos;
        other = wrong;
        if (!wrong || nowNanos - otherNanos < (small ? GROWS_NANOS : SHRINKS_NANOS)) {
            return false;
        }
        small = !small;
        other = false;
        return true;
    }
}
