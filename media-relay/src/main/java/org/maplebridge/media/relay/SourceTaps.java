package org.maplebridge.media.relay;

import org.maplebridge.media.forward.FanOut;
import org.maplebridge.media.forward.Line;
import org.maplebridge.media.forward.Source;
import org.maplebridge.media.record.SourceTap;
import org.maplebridge.media.sdp.MediaKind;

/// Takes what the sources of one loop send into their recordings, and has publishers asked for key
/// frames that recordings can be begun from.
///
/// Every loop is told of every recording: the one that has the source hands over.
///
/// Thread: its media loop.
final class SourceTaps {
    /// Whoever looks for a moment decodes from the key frame before it.
    static final long KEY_FRAME_NANOS = 10_000_000_000L;

    private final LineTable lines;
    private final FanOut fanOut;
    private final LoopTasks tasks;
    private final RecordedLayers layers;
    private int count;

    SourceTaps(LineTable lines, FanOut fanOut, LoopTasks tasks, RecordedLayers layers) {
        this.lines = lines;
        this.layers = layers;
        this.fanOut = fanOut;
        this.tasks = tasks;
    }

    /// A recording may be over before this loop hears that it begins.
    void add(SourceTap tap, long nowNanos) {
        if (tap.isShut()) {
            return;
        }
        LineEntry entry = layers.begin(tap, nowNanos);
        entry.line().tap(tap, nowNanos);
        count++;
        if (tap.fromNow() || !entry.line().fresh(nowNanos)) {
            askForKeyFrame(entry);
        }
    }

    void remove(SourceTap tap) {
        LineEntry entry = layers.taken(tap);
        if (entry != null && entry.line().untap(tap)) {
            count--;
            lines.forgetIfUnused(entry);
        }
    }

    /// Takes what the burst brought.
    void take(long nowNanos) {
        for (int i = 0; count > 0 && i < fanOut.lineCount(); i++) {
            Line line = fanOut.line(i);
            if (line.taps().isEmpty()) {
                continue;
            }
            line.record();
            LineEntry entry = lines.find(line.id());
            if (entry != null && line.keyFrameBefore(nowNanos - KEY_FRAME_NANOS)) {
                askForKeyFrame(entry);
            }
        }
    }

    private void askForKeyFrame(LineEntry entry) {
        Source source = entry.source();
        if (source != null && source.kind() == MediaKind.VIDEO) {
            source.wantKeyFrame();
            tasks.care(entry.publisher());
        }
    }
}
