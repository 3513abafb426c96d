package org.maplebridge.media.leg;

import java.util.List;
import org.maplebridge.media.api.PictureLimit;
import org.maplebridge.media.congestion.Downlink;
import org.maplebridge.media.forward.FanOut;
import org.maplebridge.media.forward.Slot;
import org.maplebridge.media.forward.SlotState;
import org.maplebridge.media.wire.OutboundBatch;

/// Lets a peer's pictures out as its downlink bears them. While that is open, it has nothing to do.
///
/// All pictures of the peer share what there is, packet by packet in turn.
///
/// Thread: its leg's media loop.
final class PictureGate {
    /// What publishers without layers are asked for while the node's processor is short: as much as
    /// several viewers may ask of them because of one narrow downlink.
    private static final long LESS_BITS = 500_000;

    private final Leg leg;
    private final List<Slot> slots;
    private final LegHost host;
    private final Downlink downlink;
    private final LayerPicker layers;
    private final AskedShare asked = new AskedShare();
    private PictureLimit limit = PictureLimit.NONE;
    private boolean holding;
    private boolean waiting;
    private boolean waited;
    private int turn;

    PictureGate(Leg leg, List<Slot> slots, LegHost host, Downlink downlink, LayerPicker layers) {
        this.leg = leg;
        this.slots = slots;
        this.host = host;
        this.downlink = downlink;
        this.layers = layers;
    }

    /// Takes a peer's transport-wide feedback.
    void hear(byte[] data, int offset, int length, long nowNanos) {
        host.counters().note(downlink.hear(data, offset, length, nowNanos));
        hold(nowNanos);
    }

    /// Takes what a receiver report says of a picture.
    void reported(double lossShare, long roundTripNanos, long nowNanos) {
        downlink.reported(lossShare, roundTripNanos, nowNanos);
        hold(nowNanos);
    }

    private void hold(long nowNanos) {
        if (downlink.paced() && !holding) {
            holding = true;
            slots.forEach(slot -> slot.hold(nowNanos));
            host.paced(leg);
            look(nowNanos);
        }
    }

    /// Sends what the downlink admits now. To be called after every burst, and by the clock.
    ///
    /// @param listener hears of slots that have news
    /// @return how many packets went out, repeats not counted
    int send(long nowNanos, OutboundBatch out, FanOut.Listener listener) {
        int sent = 0;
        int idle = 0;
        waiting = false;
        while (holding && !stopped() && idle < slots.size()) {
            turn = turn + 1 < slots.size() ? turn + 1 : 0;
            Slot slot = slots.get(turn);
            int bytes = slot.heldBytes(nowNanos);
            if (bytes == 0) {
                idle++;
                continue;
            }
            if (!downlink.admits(bytes, nowNanos)) {
                waiting = true;
                turn = turn == 0 ? slots.size() - 1 : turn - 1; // it is still this one's turn
                break;
            }
            idle = 0;
            sent += send(slot, nowNanos, out);
            if (slot.hasNews()) {
                listener.delivered(slot);
            }
        }
        waited &= waiting;
        if (idle == slots.size()) {
            pad(nowNanos, out);
        }
        return sent;
    }

    /// No picture's packet waits: finds out whether the way bears more than it did.
    private void pad(long nowNanos, OutboundBatch out) {
        boolean sent = true;
        while (sent && downlink.admitsPadding(nowNanos)) {
            sent = false;
            for (int i = 0; i < slots.size() && !sent; i++) {
                sent = slots.get(i).pad(nowNanos, out);
            }
            host.counters().padded(sent ? 1 : 0);
        }
    }

    private int send(Slot slot, long nowNanos, OutboundBatch out) {
        long repeatedBefore = slot.retransmitted();
        int sent = slot.sendHeld(nowNanos, out);
        host.counters().retransmitted((int) (slot.retransmitted() - repeatedBefore));
        return sent;
    }

    /// Looks whether the downlink bears what comes, tells publishers what it does bear, and begins
    /// paused pictures again. To be called about every 100 ms.
    void look(long nowNanos) {
        limit(host.pictureLimit(), nowNanos);
        if (stopped()) {
            slots.forEach(slot -> slot.heldBytes(nowNanos)); // what has waited too long is left out
        } else if (holding) {
            weigh(nowNanos);
        } else if (limit == PictureLimit.LOWEST) {
            askForLess(nowNanos);
        }
        layers.look(slots, budget(nowNanos), holding, nowNanos);
    }

    private boolean stopped() {
        return limit == PictureLimit.PAUSED;
    }

    private long budget(long nowNanos) {
        if (limit != PictureLimit.NONE) {
            return 0; // the lowest layer is shown all the same
        }
        return holding ? downlink.pictureBitsPerSecond(nowNanos) : Long.MAX_VALUE;
    }

    private void limit(PictureLimit now, long nowNanos) {
        if (now == limit) {
            return;
        }
        boolean begins = now == PictureLimit.PAUSED;
        boolean ends = limit == PictureLimit.PAUSED;
        limit = now;
        waiting = false;
        if (begins && !holding) {
            holding = true;
            slots.forEach(slot -> slot.hold(nowNanos));
        } else if (ends && downlink.paced()) {
            host.paced(leg);
        } else if (ends || !holding) {
            release(nowNanos);
        }
    }

    private void askForLess(long nowNanos) {
        for (Slot slot : slots) {
            if (slot.offeredBitsPerSecond(nowNanos) > 0 && !layers.layered(slot)) {
                slot.bear(LESS_BITS);
                host.rateWanted(slot, nowNanos);
            }
        }
    }

    private void weigh(long nowNanos) {
        long offered = 0;
        int pictures = 0;
        int paused = 0;
        for (Slot slot : slots) {
            long rate = slot.offeredBitsPerSecond(nowNanos);
            offered += rate;
            pictures += rate > 0 ? 1 : 0;
            paused += rate > 0 && slot.state() == SlotState.PAUSED ? 1 : 0;
        }
        downlink.probe(paused > 0 && paused == pictures);
        boolean behind = waited;
        downlink.look(offered, behind, waiting, nowNanos);
        waited = waiting;
        if (!downlink.paced()) {
            release(nowNanos);
            return;
        }
        long bears = downlink.pictureBitsPerSecond(nowNanos);
        double part =
                downlink.readsInSteps()
                        ? asked.lookUnsure(behind)
                        : asked.look(behind, tooMuch(nowNanos));
        for (Slot slot : slots) {
            long rate = slot.offeredBitsPerSecond(nowNanos);
            if (rate > 0 && !layers.layered(slot)) {
                long most = limit == PictureLimit.LOWEST ? LESS_BITS : Long.MAX_VALUE;
                long share = Math.max(bears / pictures, bears - (offered - rate));
                share = Math.min(share, most);
                slot.bear((long) (share * part));
                host.rateWanted(slot, nowNanos);
            }
            if (slot.asksToResume(nowNanos)) {
                host.keyFrameWanted(slot, nowNanos);
            }
        }
    }

    private boolean tooMuch(long nowNanos) {
        for (Slot slot : slots) {
            if (!layers.layered(slot) && slot.offeredBitsPerSecond(nowNanos) > slot.bears()) {
                return true;
            }
        }
        return false;
    }

    private void release(long nowNanos) {
        holding = false;
        downlink.probe(false);
        for (Slot slot : slots) {
            if (slot.release()) {
                host.keyFrameWanted(slot, nowNanos);
            }
            if (slot.catchingUp()) {
                host.catchingUp(slot);
            }
        }
    }

    /// Whether [#send] is to be called by the clock too.
    boolean holding() {
        return holding;
    }

    /// Whether something waits to be admitted, if it is nothing but padding.
    boolean waiting() {
        return waiting || downlink.probing();
    }

    /// In bit/s, negative while the downlink is open.
    long estimate() {
        return holding ? downlink.estimate() : -1;
    }
}
