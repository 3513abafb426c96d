package org.maplebridge.load.incidents;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.telemetry.Position;
import org.maplebridge.load.county.Handheld;
import org.maplebridge.load.measure.DelayHistogram;
import org.maplebridge.signaling.protocol.ClientMessage.PositionMessage.Place;
import org.maplebridge.signaling.protocol.ClientMessage.PositionMessage.PositionReport;

/// Handhelds that drive through the county and say once a second where they are.
///
/// Thread: one of its own.
final class Patrol implements AutoCloseable {
    private static final int PARTS_OF_SECOND = 50;

    /// The county is 40 km wide.
    private static final GeoPoint MIDDLE = new GeoPoint(28.37, 121.36);

    private static final double HALF_DEGREES = 0.2;

    /// About 11 m in a second, as a car in a town.
    private static final double STEP_DEGREES = 1e-4;

    private static final double ACCURACY_METRES = 8.5;

    private final List<Handheld> handhelds;
    private final List<GeoPoint> places = new ArrayList<>();
    private final Consumer<Position> also;
    private final DelayHistogram lateness = new DelayHistogram();
    private final Thread thread;
    private volatile long said;
    private volatile boolean closed;

    /// @param also is told every position too
    Patrol(List<Handheld> handhelds, long seed, Consumer<Position> also) {
        this.handhelds = List.copyOf(handhelds);
        this.also = also;
        var random = new SplittableRandom(seed);
        handhelds.forEach(_ -> places.add(somewhere(random)));
        thread = Thread.ofPlatform().name("patrol").start(this::run);
    }

    static GeoPoint somewhere(SplittableRandom random) {
        return new GeoPoint(
                MIDDLE.latitude() + random.nextDouble(-HALF_DEGREES, HALF_DEGREES),
                MIDDLE.longitude() + random.nextDouble(-HALF_DEGREES, HALF_DEGREES));
    }

    private void run() {
        long due = System.nanoTime();
        for (int part = 0; !closed; part = (part + 1) % PARTS_OF_SECOND) {
            synchronized (lateness) {
                lateness.record(System.nanoTime() - due);
            }
            for (int unit = part; unit < handhelds.size(); unit += PARTS_OF_SECOND) {
                report(unit);
            }
            due += TimeUnit.SECONDS.toNanos(1) / PARTS_OF_SECOND;
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    private void report(int unit) {
        var from = places.get(unit);
        var to = new GeoPoint(from.latitude() + STEP_DEGREES, from.longitude());
        places.set(unit, to);
        var now = Instant.now();
        var handheld = handhelds.get(unit);
        handheld.signalling()
                .say(
                        new PositionReport(
                                new Place(to.latitude(), to.longitude()), ACCURACY_METRES, now));
        also.accept(new Position(new UnitId(handheld.account()), to, ACCURACY_METRES, now));
        said++;
    }

    long said() {
        return said;
    }

    /// How far this process fell behind its own plan.
    double latenessMillis(double share) {
        synchronized (lateness) {
            return lateness.percentileMicros(share) / 1_000;
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
