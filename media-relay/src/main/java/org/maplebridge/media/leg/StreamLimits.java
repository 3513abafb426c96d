package org.maplebridge.media.leg;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.maplebridge.media.forward.Slot;

/// What the other node asks to be sent of each picture at most: what the narrowest of its viewers
/// bears. Carried on to whoever publishes the picture, as a viewer's own downlink is; of a picture
/// in layers [LayerPicker] takes one that is no more than that, and nobody else gets less.
///
/// Thread: its leg's media loop.
final class StreamLimits {
    /// The other end repeats a limit every second.
    static final long LASTS_NANOS = 3_500_000_000L;

    private static final long UNLIMITED = Long.MAX_VALUE;

    private record Limit(long bitsPerSecond, long heardNanos) {}

    private final LegHost host;
    private final LayerPicker layers;
    private final Map<Slot, Limit> limits = new HashMap<>();

    StreamLimits(LegHost host, LayerPicker layers) {
        this.host = host;
        this.layers = layers;
    }

    void hear(Slot slot, long bitsPerSecond, boolean held, long nowNanos) {
        limits.put(slot, new Limit(bitsPerSecond, nowNanos));
        tell(slot, bitsPerSecond, held, nowNanos);
    }

    /// Says again what holds still. To be called about every 100 ms, after the pictures' gate.
    ///
    /// @param held whether the gate has said what our own downlink bears
    void look(boolean held, long nowNanos) {
        Iterator<Map.Entry<Slot, Limit>> all = limits.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Slot, Limit> entry = all.next();
            Limit limit = entry.getValue();
            if (nowNanos - limit.heardNanos < LASTS_NANOS) {
                tell(entry.getKey(), limit.bitsPerSecond, held, nowNanos);
            } else {
                all.remove();
                if (!held || layers.layered(entry.getKey())) {
                    entry.getKey().bear(UNLIMITED);
                }
            }
        }
    }

    private void tell(Slot slot, long bitsPerSecond, boolean held, long nowNanos) {
        boolean layered = layers.layered(slot);
        if (layered || !held || bitsPerSecond < slot.bears()) {
            slot.bear(bitsPerSecond);
        }
        if (!layered) {
            host.rateWanted(slot, nowNanos);
        }
    }
}
