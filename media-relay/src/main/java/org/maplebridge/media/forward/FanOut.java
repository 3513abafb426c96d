package org.maplebridge.media.forward;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.wire.OutboundBatch;

/// Hands what a read burst brought to all who are fed from it: peer by peer, so that the packets of
/// one peer lie side by side in the batch; voice before picture.
///
/// Thread: its media loop.
public final class FanOut {
    /// Hears, slot by slot, that a burst went out.
    @FunctionalInterface
    public interface Listener {
        void delivered(Slot slot);
    }

    /// The slots of one peer that a burst brought something for.
    public static final class Peer {
        private Slot[] slots = new Slot[2];
        private int count;

        /// @return whether it is the first one
        private boolean add(Slot slot) {
            if (count == slots.length) {
                slots = Arrays.copyOf(slots, count * 2);
            }
            slots[count++] = slot;
            return count == 1;
        }
    }

    private final PacketCounters counters;
    private Line[] lines = new Line[8];
    private int lineCount;
    private @Nullable Peer[] peers = new Peer[64];
    private int peerCount;

    public FanOut(PacketCounters counters) {
        this.counters = counters;
    }

    /// Notes that a line got something; as often as it does.
    public void add(Line line) {
        if (!line.enterFanOut()) {
            return;
        }
        if (lineCount == lines.length) {
            lines = Arrays.copyOf(lines, lineCount * 2);
        }
        lines[lineCount++] = line;
    }

    public int lineCount() {
        return lineCount;
    }

    public Line line(int index) {
        return lines[index];
    }

    /// Sends everything and begins the next burst.
    public void run(long nowNanos, OutboundBatch out, Listener listener) {
        gather(MediaKind.AUDIO);
        gather(MediaKind.VIDEO);
        for (int i = 0; i < peerCount; i++) {
            Peer pending = peers[i];
            if (pending != null) {
                deliver(pending, nowNanos, out, listener);
                pending.count = 0;
            }
            peers[i] = null;
        }
        peerCount = 0;
        for (int i = 0; i < lineCount; i++) {
            lines[i].endBurst();
        }
        lineCount = 0;
    }

    private void gather(MediaKind kind) {
        for (int i = 0; i < lineCount; i++) {
            Line line = lines[i];
            if (line.kind() == kind) {
                for (int s = 0; s < line.slotCount(); s++) {
                    Slot slot = line.slot(s);
                    Peer pending = slot.exit().pending();
                    if (pending.add(slot)) {
                        addPeer(pending);
                    }
                }
            }
        }
    }

    private void addPeer(Peer pending) {
        if (peerCount == peers.length) {
            peers = Arrays.copyOf(peers, peerCount * 2);
        }
        peers[peerCount++] = pending;
    }

    private void deliver(Peer pending, long nowNanos, OutboundBatch out, Listener listener) {
        for (int s = 0; s < pending.count; s++) {
            Slot slot = pending.slots[s];
            Line line = slot.line();
            if (line == null) {
                continue;
            }
            int packets = line.burstCount();
            for (int p = 0; p < packets; p++) {
                int result = slot.forward(line.burst(p), nowNanos, out);
                if (result > 0) {
                    counters.forwarded(1);
                } else {
                    counters.note(result);
                }
            }
            if (slot.hasNews()) {
                listener.delivered(slot);
            }
        }
    }
}
