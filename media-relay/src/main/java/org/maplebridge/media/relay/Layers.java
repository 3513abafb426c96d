package org.maplebridge.media.relay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.RelayEvents;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.forward.FanOut;
import org.maplebridge.media.forward.Line;
import org.maplebridge.media.forward.Slot;
import org.maplebridge.media.leg.InboundSection;
import org.maplebridge.media.leg.LayerHost;
import org.maplebridge.media.leg.Leg;

/// Which sources of the node come in simulcast layers, and which of those somebody watches. Every
/// layer has a line of its own; the highest has the source's name.
///
/// Thread: its media loop.
final class Layers implements LayerHost {
    private final LineTable lines;
    private final LoopTasks tasks;
    private final RelayEvents events;
    private final RecordedLayers recorded;
    private final Map<SourceId, List<SourceId>> known = new HashMap<>();
    private final Map<SourceId, List<Waiter>> waiters = new HashMap<>();

    /// Of sources published here.
    private final Map<SourceId, LayerDemand> demands = new HashMap<>();

    Layers(LineTable lines, LoopTasks tasks, RelayEvents events, RecordedLayers recorded) {
        this.lines = lines;
        this.tasks = tasks;
        this.events = events;
        this.recorded = recorded;
    }

    /// A leg that publishes is open.
    void published(Leg leg, long nowNanos) {
        for (Map.Entry<SourceId, List<InboundSection>> entry : layered(leg).entrySet()) {
            List<SourceId> ids = entry.getValue().stream().map(InboundSection::lineId).toList();
            demands.put(entry.getKey(), new LayerDemand(ids.size(), nowNanos));
            known.put(entry.getKey(), ids);
            recorded.published(entry.getKey(), ids, nowNanos);
            lines.postToOthers(new LoopMessage.Layered(entry.getKey(), ids));
        }
    }

    /// A leg is about to go.
    void unpublished(Leg leg) {
        for (Map.Entry<SourceId, List<InboundSection>> entry : layered(leg).entrySet()) {
            LineEntry line = lines.find(entry.getKey());
            if (line != null && line.publisher() == leg) {
                single(entry.getKey());
            }
        }
    }

    /// What a source's name stands for has no layers, or none any more.
    void single(SourceId source) {
        if (demands.remove(source) != null) {
            known.remove(source);
            recorded.unpublished(source);
            lines.postToOthers(new LoopMessage.Layered(source, List.of()));
        }
    }

    void publishedElsewhere(LoopMessage.Layered layered) {
        if (layered.lines().isEmpty()) {
            known.remove(layered.source());
        } else {
            known.put(layered.source(), layered.lines());
        }
    }

    private static Map<SourceId, List<InboundSection>> layered(Leg leg) {
        var found = new LinkedHashMap<SourceId, List<InboundSection>>();
        for (InboundSection section : leg.published()) {
            if (section.layered()) {
                found.computeIfAbsent(section.sourceId(), _ -> new ArrayList<>()).add(section);
            }
        }
        return found;
    }

    /// Tells which layers a publisher need not send. To be called about every 100 ms.
    void look(Leg leg, long nowNanos) {
        if (demands.isEmpty() || leg.published().stream().noneMatch(InboundSection::layered)) {
            return;
        }
        for (Map.Entry<SourceId, List<InboundSection>> entry : layered(leg).entrySet()) {
            LayerDemand demand = demands.get(entry.getKey());
            List<InboundSection> layers = entry.getValue();
            LineEntry line = lines.find(entry.getKey());
            if (demand == null || line == null || line.publisher() != leg) {
                continue;
            }
            recorded.look(entry.getKey(), nowNanos);
            var watched = new ArrayList<Boolean>(layers.size());
            for (int i = 0; i < layers.size(); i++) {
                watched.add(watched(layers.get(i)) || recorded.wants(entry.getKey(), i));
            }
            if (demand.look(watched, nowNanos)) {
                var wanted = new ArrayList<String>();
                for (int i = 0; i < layers.size(); i++) {
                    if (demand.wanted(i)) {
                        wanted.add(layers.get(i).layer());
                    }
                }
                events.on(new RelayEvent.LayersWanted(leg.id(), entry.getKey(), wanted));
            }
        }
    }

    private boolean watched(InboundSection layer) {
        LineEntry entry = lines.find(layer.lineId());
        return entry != null && entry.viewersEverywhere() > 0;
    }

    @Override
    public List<SourceId> layersOf(SourceId source) {
        return known.getOrDefault(source, List.of(source));
    }

    @Override
    public Line line(SourceId layer) {
        return lines.entry(layer).line();
    }

    @Override
    public void await(SourceId layer, Waiter waiter) {
        waiters.computeIfAbsent(layer, _ -> new ArrayList<>()).add(waiter);
        LineEntry entry = lines.entry(layer);
        entry.await(1);
        lines.tellAudience(entry);
    }

    @Override
    public void giveUp(SourceId layer, Waiter waiter) {
        List<Waiter> its = waiters.get(layer);
        if (its != null && its.remove(waiter) && its.isEmpty()) {
            waiters.remove(layer);
        }
        LineEntry entry = lines.find(layer);
        if (entry != null) {
            entry.await(-1);
            lines.tellAudience(entry);
            lines.forgetIfUnused(entry);
        }
    }

    @Override
    public void keyFrameWanted(SourceId layer, boolean cacheHelps, long nowNanos) {
        tasks.care(lines.wantKeyFrame(lines.entry(layer).line(), cacheHelps, nowNanos));
    }

    /// Has those who wait for a key frame go over to it before the burst that brought it leaves: so
    /// nobody sees twice what was sent meanwhile.
    void look(FanOut burst, long nowNanos) {
        for (int i = 0; !waiters.isEmpty() && i < burst.lineCount(); i++) {
            Line line = burst.line(i);
            List<Waiter> its = waiters.get(line.id());
            if (its != null && line.burstHasKeyFrame()) {
                List.copyOf(its).forEach(waiter -> waiter.keyFrameCame(line.id(), nowNanos));
            }
        }
    }

    @Override
    public void feed(Slot slot, SourceId layer, long nowNanos) {
        boolean wants = lines.attach(slot, layer, nowNanos);
        Line line = slot.line();
        if (wants && line != null) {
            tasks.care(lines.wantKeyFrame(line, true, nowNanos));
        }
        if (slot.catchingUp()) {
            tasks.catchUp(slot);
        }
    }

    @Override
    public void shown(Leg leg, Slot slot, int layer, int layers, boolean paused) {
        events.on(new RelayEvent.PictureShown(leg.id(), slot.mid(), layer, layers, paused));
    }
}
