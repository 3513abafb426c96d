package org.maplebridge.media.relay;

import org.maplebridge.media.api.PictureLimit;
import org.maplebridge.media.forward.Line;
import org.maplebridge.media.forward.PacketCounters;
import org.maplebridge.media.forward.Slot;
import org.maplebridge.media.leg.InboundSection;
import org.maplebridge.media.leg.LayerHost;
import org.maplebridge.media.leg.Leg;
import org.maplebridge.media.leg.LegHost;

/// What legs ask of their loop.
///
/// Thread: its media loop.
final class LoopHost implements LegHost {
    private final LineTable lines;
    private final LoopTasks tasks;
    private final RateWishes wishes;
    private final Layers layers;
    private final PacketCounters counters;
    private PictureLimit limit = PictureLimit.NONE;

    LoopHost(
            LineTable lines,
            LoopTasks tasks,
            RateWishes wishes,
            Layers layers,
            PacketCounters counters) {
        this.lines = lines;
        this.tasks = tasks;
        this.wishes = wishes;
        this.layers = layers;
        this.counters = counters;
    }

    @Override
    public void keyFrameWanted(Slot slot, long nowNanos) {
        Line line = slot.line();
        if (line != null) {
            boolean cacheHelps = slot.cacheHelps();
            tasks.care(lines.wantKeyFrame(line, cacheHelps, nowNanos));
        }
    }

    @Override
    public void catchingUp(Slot slot) {
        tasks.catchUp(slot);
    }

    @Override
    public void paced(Leg leg) {
        tasks.pace(leg);
    }

    @Override
    public void rateWanted(Slot slot, long nowNanos) {
        Line line = slot.line();
        if (line != null) {
            tasks.care(wishes.wish(line, nowNanos));
        }
    }

    @Override
    public boolean publish(Leg leg, InboundSection section) {
        lines.publish(section, leg, true);
        if (!section.layered()) {
            layers.single(section.sourceId());
        }
        return section.source() != null;
    }

    void limitPictures(PictureLimit limit) {
        this.limit = limit;
    }

    @Override
    public PictureLimit pictureLimit() {
        return limit;
    }

    @Override
    public LayerHost layers() {
        return layers;
    }

    @Override
    public PacketCounters counters() {
        return counters;
    }
}
