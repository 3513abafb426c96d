package org.maplebridge.load.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.maplebridge.load.county.Signalling;
import org.maplebridge.load.measure.WallClock;
import org.maplebridge.signaling.protocol.ClientMessage.PositionMessage.Place;
import org.maplebridge.signaling.protocol.ClientMessage.PositionMessage.PositionReport;
import org.maplebridge.signaling.protocol.ServerMessage.PositionNews.PositionsChanged;

/// A car that says every second where it is, and somebody, perhaps at another node, who is told.
///
/// Thread: one of its own; what is told comes on other threads.
public final class PositionStream implements AutoCloseable {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final double STEP_DEGREES = 0.0005;

    private final History history;
    private final String unit;
    private final List<Long> toldNanos = new ArrayList<>();
    private Thread thread = Thread.ofVirtual().unstarted(() -> {});
    private volatile boolean closed;

    public PositionStream(History history, String unit) {
        this.history = history;
        this.unit = unit;
    }

    public void start(Traveller car) {
        thread = Thread.startVirtualThread(() -> run(car));
    }

    private void run(Traveller car) {
        for (int i = 0; !closed; i++) {
            var place = new Place(28.5 + i * STEP_DEGREES, 121.5);
            car.now()
                    .ifPresent(there ->
                            there.signalling().say(new PositionReport(place, 5.0, Instant.now())));
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /// Of who is told.
    public Signalling.Ear ear() {
        return (message, _) -> {
            if (message instanceof PositionsChanged changed
                    && changed.positions().stream().anyMatch(p -> p.unit().equals(unit))) {
                told();
            }
        };
    }

    private void told() {
        long now = WallClock.nanos();
        history.located(unit, now);
        synchronized (toldNanos) {
            toldNanos.add(now);
        }
    }

    /// The longest time in which nothing was told.
    public double longestGapMillis(long fromNanos, long untilNanos) {
        long before = fromNanos;
        long longest = 0;
        synchronized (toldNanos) {
            for (long told : toldNanos) {
                if (told >= fromNanos && told <= untilNanos) {
                    longest = Math.max(longest, told - before);
                    before = told;
                }
            }
        }
        return Math.max(longest, untilNanos - before) / 1e6;
    }

    /// When something was told first after this time.
    public OptionalLong firstAfter(long nanos) {
        synchronized (toldNanos) {
            return toldNanos.stream().mapToLong(told -> told).filter(t -> t >= nanos).min();
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
