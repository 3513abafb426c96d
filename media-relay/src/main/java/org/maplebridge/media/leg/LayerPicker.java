package org.maplebridge.media.leg;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.congestion.LayerChoice;
import org.maplebridge.media.forward.Line;
import org.maplebridge.media.forward.Slot;
import org.maplebridge.media.forward.SlotState;

/// Shows a peer of each picture the layer that its tile is worth and its downlink bears. The old
/// layer goes on until the next key frame of the new one comes: one from before would show again
/// what was shown already.
///
/// Thread: its leg's media loop.
final class LayerPicker implements LayerHost.Waiter {
    /// A layer that has not come by then is not sent: the publisher's uplink does not bear it.
    static final long PATIENCE_NANOS = 3_000_000_000L;

    static final long AGAIN_NANOS = 8_000_000_000L;

    /// And the half second of which [Line#bitsPerSecond] tells.
    static final long SILENT_NANOS = 200_000_000L;

    /// After the downlink asked for a lower layer no higher one is tried for so long.
    static final long CALM_NANOS = 4_000_000_000L;

    /// Nor for so long to another node: its narrow viewer's trial of more would come back again.
    static final long NODE_CALM_NANOS = 12_000_000_000L;

    /// On a paced downlink a key frame must be so young to be passed on quickly.
    private static final long YOUNG_NANOS = 250_000_000L;

    private static final int NONE = -1;

    private static final class Picture {
        private final Slot slot;
        private final SourceId source;
        private List<SourceId> layers = List.of();
        private long[] missingUntil = {};
        private int awaited = NONE;
        private long awaitedNanos;
        private long heardNanos;
        private long loweredNanos;
        private boolean everLowered;
        private int toldLayer = NONE;
        private int toldLayers;
        private boolean toldPaused;

        private Picture(Slot slot, SourceId source) {
            this.slot = slot;
            this.source = source;
        }

        private int current() {
            Line line = slot.line();
            return line == null ? NONE : layers.indexOf(line.id());
        }
    }

    private final Leg leg;
    private final LayerHost host;
    private final Map<String, Integer> widths = new HashMap<>();
    private final List<Picture> pictures = new ArrayList<>();
    private boolean held;

    LayerPicker(Leg leg, LayerHost host) {
        this.leg = leg;
        this.host = host;
    }

    /// A slot is going to show a source.
    ///
    /// @return the line to begin with
    SourceId show(Slot slot, SourceId source, long nowNanos) {
        hide(slot);
        var picture = new Picture(slot, source);
        picture.heardNanos = nowNanos;
        pictures.add(picture);
        return host.layersOf(source).getFirst();
    }

    void hide(Slot slot) {
        for (int i = pictures.size() - 1; i >= 0; i--) {
            if (pictures.get(i).slot == slot) {
                giveUp(pictures.remove(i));
            }
        }
    }

    void hideAll() {
        pictures.forEach(this::giveUp);
        pictures.clear();
    }

    /// The slot's tile has so many device pixels across.
    void prefer(String mid, int width) {
        widths.put(mid, width);
    }

    /// What a slot shows, all layers together; null when it is not one of these.
    @Nullable SourceId sourceOf(Slot slot) {
        for (Picture picture : pictures) {
            if (picture.slot == slot) {
                return picture.source;
            }
        }
        return null;
    }

    /// Whether less is to be had of a slot by a lower layer.
    boolean layered(Slot slot) {
        for (Picture picture : pictures) {
            if (picture.slot == slot) {
                return picture.layers.size() > 1;
            }
        }
        return false;
    }

    /// To be called about every 100 ms.
    ///
    /// @param budget what the downlink bears of all pictures, in bit/s
    void look(List<Slot> slots, long budget, boolean nowHeld, long nowNanos) {
        held = nowHeld;
        boolean any = false;
        for (Picture picture : pictures) {
            learn(picture);
            any |= picture.layers.size() > 1 || picture.current() == NONE;
        }
        if (any) { // most sources have none, and nothing is to be chosen then
            choose(slots, budget, nowNanos);
        }
        pictures.forEach(this::tell);
    }

    private void choose(List<Slot> slots, long budget, long nowNanos) {
        long left = budget;
        for (Slot slot : slots) {
            left -= held && !layered(slot) ? slot.offeredBitsPerSecond(nowNanos) : 0;
        }
        var choices = new ArrayList<LayerChoice.Picture>(pictures.size());
        for (Picture picture : pictures) {
            choices.add(choice(picture, nowNanos));
        }
        int[] chosen = LayerChoice.choose(choices, left);
        for (int i = 0; i < chosen.length; i++) {
            Picture picture = pictures.get(i);
            if (picture.slot.line() != null) {
                go(picture, chosen[i], nowNanos);
            }
        }
    }

    /// Publishers come, go, and come back with other layers.
    private void learn(Picture picture) {
        List<SourceId> now = host.layersOf(picture.source);
        if (!now.equals(picture.layers)) {
            giveUp(picture);
            picture.layers = now;
            picture.missingUntil = new long[now.size()];
        }
    }

    private LayerChoice.Picture choice(Picture picture, long nowNanos) {
        int layers = picture.layers.size();
        long[] bits = new long[layers];
        boolean silent = silent(picture, nowNanos);
        for (int i = 0; i < layers; i++) {
            long seen = host.line(picture.layers.get(i)).bitsPerSecond(nowNanos);
            // Browsers give up the lowest last: while that does not come, none does. Nor is one
            // waited for that does not come yet while nothing is shown.
            boolean missing = i > 0 && seen == 0 && (silent || nowNanos < picture.missingUntil[i]);
            long has = seen > 0 ? seen : LayerChoice.usual(i);
            boolean tooMuch = i > 0 && toNode() && has > picture.slot.bears();
            bits[i] = missing || tooMuch ? -1 : has;
        }
        int width = widths.getOrDefault(picture.slot.mid(), 0);
        return new LayerChoice.Picture(bits, LayerChoice.mostFor(width, layers), width);
    }

    /// Whether nothing comes of the layer that is shown.
    private boolean silent(Picture picture, long nowNanos) {
        int current = picture.current();
        if (current == NONE) {
            return false;
        }
        if (host.line(picture.layers.get(current)).bitsPerSecond(nowNanos) > 0) {
            picture.heardNanos = nowNanos;
        }
        boolean silent = nowNanos - picture.heardNanos > SILENT_NANOS;
        if (silent) {
            picture.missingUntil[current] = nowNanos + AGAIN_NANOS;
        }
        return silent;
    }

    /// Another node says what its viewers bear, and is told nothing in words.
    private boolean toNode() {
        return leg.limits() != null;
    }

    @Override
    public void keyFrameCame(SourceId layer, long nowNanos) {
        for (Picture picture : pictures) {
            if (picture.awaited != NONE && picture.layers.get(picture.awaited).equals(layer)) {
                go(picture, picture.awaited, nowNanos);
            }
        }
    }

    private void go(Picture picture, int to, long nowNanos) {
        int current = picture.current();
        boolean limited = held || toNode();
        boolean calm =
                limited
                        && picture.everLowered
                        && to > current
                        && nowNanos - picture.loweredNanos
                                < (toNode() ? NODE_CALM_NANOS : CALM_NANOS);
        if (to == current || calm && current != NONE) {
            giveUp(picture);
            return;
        }
        SourceId layer = picture.layers.get(to);
        if (picture.awaited != to) {
            giveUp(picture);
            picture.awaited = to;
            picture.awaitedNanos = nowNanos;
            host.await(layer, this);
        }
        Line line = host.line(layer);
        boolean stands = current == NONE || nowNanos < picture.missingUntil[current];
        long oldest = nowNanos - (held ? YOUNG_NANOS : Line.FRESH_NANOS);
        oldest = stands ? oldest : Math.max(oldest, picture.awaitedNanos);
        if (line.fresh(nowNanos) && !line.keyFrameBefore(oldest)) {
            picture.everLowered |= limited && to < current;
            picture.loweredNanos = to < current ? nowNanos : picture.loweredNanos;
            picture.heardNanos = nowNanos;
            host.feed(picture.slot, layer, nowNanos);
            giveUp(picture);
        } else if (nowNanos - picture.awaitedNanos > PATIENCE_NANOS) {
            picture.missingUntil[to] = nowNanos + AGAIN_NANOS;
            giveUp(picture);
        } else {
            host.keyFrameWanted(layer, stands, nowNanos);
        }
    }

    private void giveUp(Picture picture) {
        if (picture.awaited != NONE) {
            SourceId layer = picture.layers.get(picture.awaited);
            picture.awaited = NONE;
            host.giveUp(layer, this);
        }
    }

    private void tell(Picture picture) {
        boolean paused = picture.slot.state() == SlotState.PAUSED;
        int layer = picture.current();
        int layers = picture.layers.size();
        boolean same = layer == picture.toldLayer && layers == picture.toldLayers;
        if (toNode() || layer == NONE || same && paused == picture.toldPaused) {
            return;
        }
        picture.toldLayer = layer;
        picture.toldLayers = layers;
        picture.toldPaused = paused;
        host.shown(leg, picture.slot, layer, layers, paused);
    }
}
