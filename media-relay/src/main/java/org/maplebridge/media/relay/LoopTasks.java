package org.maplebridge.media.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.forward.FanOut;
import org.maplebridge.media.forward.PacketCounters;
import org.maplebridge.media.forward.Slot;
import org.maplebridge.media.leg.Leg;
import org.maplebridge.media.wire.OutboundBatch;

/// What one loop does by the clock: pictures held back every 2 ms, slots that catch up, publishers
/// to be asked and talks that end every 5 ms, and every leg in its turn about every 100 ms. Where
/// nothing is to be done, nothing is looked at.
///
/// Thread: its media loop.
final class LoopTasks {
    static final long BUSY_PAUSE_NANOS = 5_000_000L;

    /// Pictures wait at most so long for their turn on a narrow downlink, and come in no clumps.
    static final long PACING_PAUSE_NANOS = 2_000_000L;

    /// Keeps arrival feedback within 100 ms; more wake-ups would be most of an idle node's cost.
    static final long IDLE_PAUSE_NANOS = 20_000_000L;

    static final long EMPTY_PAUSE_NANOS = 100_000_000L;

    static final long SWEEP_NANOS = 100_000_000L;

    private final LegTable legs;
    private final PacketCounters counters;
    private final Floors floors;
    private final List<Slot> catchingUp = new ArrayList<>();
    private final List<Leg> inCare = new ArrayList<>();
    private final List<Leg> paced = new ArrayList<>();
    private boolean pictureWaits;
    private boolean swept;
    private long sweptNanos;
    private long owedNanos;

    LoopTasks(LegTable legs, PacketCounters counters, Floors floors) {
        this.legs = legs;
        this.counters = counters;
        this.floors = floors;
    }

    void catchUp(Slot slot) {
        if (!catchingUp.contains(slot)) {
            catchingUp.add(slot);
        }
    }

    /// @param leg a publisher that must be asked for something; null changes nothing
    void care(@Nullable Leg leg) {
        if (leg != null && !leg.inCare()) {
            leg.setInCare(true);
            inCare.add(leg);
        }
    }

    void pace(Leg leg) {
        if (!paced.contains(leg)) {
            paced.add(leg);
            pictureWaits = true;
        }
    }

    void forget(Leg leg) {
        paced.remove(leg);
        if (leg.inCare()) {
            leg.setInCare(false);
            inCare.remove(leg);
        }
    }

    void catchUp(long nowNanos, OutboundBatch out, BiConsumer<Slot, Leg> sent) {
        for (int i = catchingUp.size() - 1; i >= 0; i--) {
            Slot slot = catchingUp.get(i);
            counters.forwarded(slot.catchUp(nowNanos, out));
            if (slot.exit() instanceof Leg leg) {
                sent.accept(slot, leg);
            }
            if (!slot.catchingUp()) {
                replaceByLast(catchingUp, i);
            }
        }
    }

    void finish(long nowNanos) {
        floors.tick(nowNanos, nowNanos + BUSY_PAUSE_NANOS);
    }

    /// Lets out what paced downlinks bear by now.
    void pace(long nowNanos, OutboundBatch out, FanOut.Listener listener) {
        pictureWaits = false;
        for (int i = paced.size() - 1; i >= 0; i--) {
            Leg leg = paced.get(i);
            counters.forwarded(leg.sendHeld(nowNanos, out, listener));
            pictureWaits |= leg.waiting();
            if (!leg.holding()) {
                replaceByLast(paced, i);
            }
        }
    }

    void ask(long nowNanos, OutboundBatch out) {
        for (int i = inCare.size() - 1; i >= 0; i--) {
            Leg leg = inCare.get(i);
            if (!leg.care(nowNanos, out)) {
                leg.setInCare(false);
                replaceByLast(inCare, i);
            }
        }
    }

    private static <T> void replaceByLast(List<T> list, int at) {
        T last = list.removeLast();
        if (at < list.size()) {
            list.set(at, last);
        }
    }

    /// As many legs as the time since the last call earned.
    void sweep(long nowNanos, Consumer<Leg> visit) {
        long elapsed = swept ? Math.min(nowNanos - sweptNanos, SWEEP_NANOS) : 0;
        swept = true;
        sweptNanos = nowNanos;
        owedNanos += elapsed * legs.size();
        while (owedNanos >= SWEEP_NANOS && legs.size() > 0) {
            owedNanos -= SWEEP_NANOS;
            visit.accept(legs.takeTurn());
        }
        if (legs.size() == 0) {
            owedNanos = 0;
        }
    }

    long pauseNanos() {
        if (pictureWaits) {
            return PACING_PAUSE_NANOS;
        }
        if (!catchingUp.isEmpty() || !inCare.isEmpty() || floors.finishing()) {
            return BUSY_PAUSE_NANOS;
        }
        return legs.size() == 0 ? EMPTY_PAUSE_NANOS : IDLE_PAUSE_NANOS;
    }
}
