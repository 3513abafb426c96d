package org.maplebridge.media.relay;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.forward.Line;
import org.maplebridge.media.record.SourceTap;

/// Which layer of a picture its recordings take: the highest that comes. A camera whose uplink does
/// not bear all gives the highest up first; a recording of that alone would stand still.
///
/// Recordings go over with a key frame of the other layer that has just come, so that nothing is
/// missing between the two. In the file a new stretch of the same publisher begins there.
///
/// Thread: its media loop.
final class RecordedLayers {
    /// And the half second of which [Line#bitsPerSecond] tells.
    static final long SILENT_NANOS = 200_000_000L;

    /// A higher layer has come for so long before it is gone over to: uplinks waver.
    static final long CALM_NANOS = 4_000_000_000L;

    /// What was recorded of the former layer since the key frame is there twice.
    static final long YOUNG_NANOS = 250_000_000L;

    private static final long NOT_COMING = Long.MAX_VALUE;

    /// Of one picture that is published here.
    private static final class Picture {
        private final List<SourceId> layers;
        private final long[] comesSince;
        private int at;
        private boolean heard;
        private long heardNanos;

        /// Nothing that came before is for all of its recordings.
        private long fromNanos;

        private Picture(List<SourceId> layers, long nowNanos) {
            this.layers = layers;
            this.comesSince = new long[layers.size()];
            Arrays.fill(comesSince, NOT_COMING);
            this.at = layers.size() - 1;
            this.fromNanos = nowNanos;
        }
    }

    private final LineTable lines;
    private final LoopTasks tasks;
    private final Map<SourceId, Picture> pictures = new HashMap<>();

    RecordedLayers(LineTable lines, LoopTasks tasks) {
        this.lines = lines;
        this.tasks = tasks;
    }

    /// A picture comes in these layers, the lowest first; the highest has the source's name.
    void published(SourceId source, List<SourceId> layers, long nowNanos) {
        unpublished(source);
        pictures.put(source, new Picture(layers, nowNanos));
    }

    /// It does not any more: whoever publishes it next may send one stream.
    void unpublished(SourceId source) {
        Picture picture = pictures.remove(source);
        if (picture != null) {
            move(picture, picture.layers.size() - 1, false); // its cache is from before
        }
    }

    /// A recording begins: the line that it takes now.
    LineEntry begin(SourceTap tap, long nowNanos) {
        Picture picture = pictures.get(tap.source());
        if (picture == null) {
            return lines.entry(tap.source());
        }
        if (tap.fromNow()) {
            picture.fromNanos = nowNanos;
        }
        if (!recorded(picture)) {
            int highest = highestComing(picture, picture.layers.size() - 1, nowNanos);
            picture.at = highest < 0 ? picture.layers.size() - 1 : highest;
            picture.heard = highest >= 0;
            picture.heardNanos = nowNanos;
        }
        return lines.entry(picture.layers.get(picture.at));
    }

    /// The line that it takes, if this loop has it.
    @Nullable LineEntry taken(SourceTap tap) {
        Picture picture = pictures.get(tap.source());
        return lines.find(picture == null ? tap.source() : picture.layers.get(picture.at));
    }

    /// Whether a layer is to come for the sake of a recording: the one it takes and those above.
    boolean wants(SourceId source, int layer) {
        Picture picture = pictures.get(source);
        return picture != null && layer >= picture.at && recorded(picture);
    }

    /// To be called about every 100 ms, while nothing waits to be fanned out.
    void look(SourceId source, long nowNanos) {
        Picture picture = pictures.get(source);
        if (picture == null || !recorded(picture)) {
            return;
        }
        for (int i = 0; i < picture.comesSince.length; i++) {
            boolean comes = comes(picture, i, nowNanos);
            long since = comes ? Math.min(picture.comesSince[i], nowNanos) : NOT_COMING;
            picture.comesSince[i] = since;
        }
        if (picture.comesSince[picture.at] != NOT_COMING) {
            picture.heard = true;
            picture.heardNanos = nowNanos;
        }
        int to = wanted(picture, nowNanos);
        if (to != picture.at) {
            go(picture, to, nowNanos);
        }
    }

    private static int wanted(Picture picture, long nowNanos) {
        for (int i = picture.layers.size() - 1; i > picture.at; i--) {
            long since = picture.comesSince[i];
            if (since != NOT_COMING && nowNanos - since >= CALM_NANOS) {
                return i;
            }
        }
        boolean silent = !picture.heard || nowNanos - picture.heardNanos > SILENT_NANOS;
        for (int i = picture.at - 1; silent && i >= 0; i--) {
            if (picture.comesSince[i] != NOT_COMING) {
                return i;
            }
        }
        return picture.at;
    }

    private void go(Picture picture, int to, long nowNanos) {
        LineEntry entry = lines.entry(picture.layers.get(to));
        long young = picture.heard ? nowNanos - YOUNG_NANOS : picture.fromNanos;
        boolean late = entry.line().keyFrameBefore(Math.max(young, picture.fromNanos));
        if (!late && entry.line().fresh(nowNanos)) {
            move(picture, to, true);
            picture.heard = true;
            picture.heardNanos = nowNanos;
        } else {
            tasks.care(lines.wantKeyFrame(entry.line(), true, nowNanos));
        }
    }

    private void move(Picture picture, int to, boolean sinceKeyFrame) {
        LineEntry from = lines.find(picture.layers.get(picture.at));
        picture.at = to;
        if (from == null || from.line().taps().isEmpty()) {
            return;
        }
        Line into = lines.entry(picture.layers.get(to)).line();
        if (into == from.line()) {
            return;
        }
        for (SourceTap tap : from.line().taps().all()) {
            from.line().untap(tap);
            into.takeOver(tap, sinceKeyFrame);
        }
        lines.forgetIfUnused(from);
    }

    private boolean recorded(Picture picture) {
        LineEntry entry = lines.find(picture.layers.get(picture.at));
        return entry != null && !entry.line().taps().isEmpty();
    }

    private int highestComing(Picture picture, int from, long nowNanos) {
        for (int i = from; i >= 0; i--) {
            if (comes(picture, i, nowNanos)) {
                return i;
            }
        }
        return -1;
    }

    private boolean comes(Picture picture, int layer, long nowNanos) {
        LineEntry entry = lines.find(picture.layers.get(layer));
        return entry != null && entry.line().bitsPerSecond(nowNanos) > 0;
    }
}
