package org.maplebridge.media.leg;

import java.util.List;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.forward.Line;
import org.maplebridge.media.forward.Slot;

/// What a leg asks of its loop to change the layer of a picture.
public interface LayerHost {
    /// The lines of a source's layers, the lowest first; its own alone where there are no layers.
    List<SourceId> layersOf(SourceId source);

    /// The line as this loop has it; it brings nothing while nobody here is fed from it.
    Line line(SourceId layer);

    /// Who wants to go over to a layer.
    @FunctionalInterface
    interface Waiter {
        /// A key frame of it is here, and has not left yet.
        void keyFrameCame(SourceId layer, long nowNanos);
    }

    /// Has the layer come to this loop although no slot is fed from it yet.
    void await(SourceId layer, Waiter waiter);

    /// As before [#await].
    void giveUp(SourceId layer, Waiter waiter);

    /// The next key frame of the layer is waited for.
    ///
    /// @param cacheHelps whether one that came before would do
    void keyFrameWanted(SourceId layer, boolean cacheHelps, long nowNanos);

    /// Feeds the slot from the layer, which has a key frame to begin with.
    void feed(Slot slot, SourceId layer, long nowNanos);

    /// What the peer sees in a slot changed.
    ///
    /// @param layer counted from the lowest, of `layers`
    /// @param paused whether it is left out for bandwidth
    void shown(Leg leg, Slot slot, int layer, int layers, boolean paused);
}
