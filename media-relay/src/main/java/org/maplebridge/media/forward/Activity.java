package org.maplebridge.media.forward;

import org.maplebridge.media.sdp.MediaKind;

/// Whether a stream flows, and when that is news. Digital silence does not flow: a microphone that
/// is muted sends packets and nobody speaks. Layers of one picture share one: it flows while any of
/// them does.
///
/// Thread: its media loop.
public final class Activity {
    /// What a packet or a moment changed.
    public enum News {
        NONE,
        STARTED,
        /// Still flowing; told now and then.
        GOES_ON,
        STALLED
    }

    static final long AUDIO_STALL_NANOS = 500_000_000L;
    static final long VIDEO_STALL_NANOS = 1_000_000_000L;

    /// Often enough for a floor's end-of-media timer of some seconds.
    static final long REPEAT_NANOS = 500_000_000L;

    private final long stallNanos;
    private boolean flowing;
    private boolean ever;
    private long lastPacketNanos;
    private long lastHeardNanos;
    private long lastToldNanos;

    public Activity(MediaKind kind) {
        this.stallNanos = kind == MediaKind.VIDEO ? VIDEO_STALL_NANOS : AUDIO_STALL_NANOS;
    }

    /// @param silent whether nothing can be heard in the packet
    News packet(boolean silent, long nowNanos) {
        lastPacketNanos = nowNanos;
        ever = true;
        if (silent) {
            return News.NONE;
        }
        lastHeardNanos = nowNanos;
        if (!flowing) {
            flowing = true;
            lastToldNanos = nowNanos;
            return News.STARTED;
        }
        if (nowNanos - lastToldNanos >= REPEAT_NANOS) {
            lastToldNanos = nowNanos;
            return News.GOES_ON;
        }
        return News.NONE;
    }

    News look(long nowNanos) {
        if (flowing && nowNanos - lastHeardNanos >= stallNanos) {
            flowing = false;
            return News.STALLED;
        }
        return News.NONE;
    }

    News end() {
        boolean was = flowing;
        flowing = false;
        return was ? News.STALLED : News.NONE;
    }

    /// Since the last packet, silent or not; negative before the first.
    long silentNanos(long nowNanos) {
        return ever ? nowNanos - lastPacketNanos : -1;
    }
}
