package org.maplebridge.load.incidents;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.telemetry.Alarms;

/// Other systems that report as fast as they are answered, and a device's gateway beside them. What
/// was not answered is said again, under the same id, when the node is back.
///
/// Thread: some virtual ones of its own.
final class ReportStorm {
    private static final int SYSTEMS = 4;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final String series;
    private final AtomicInteger made = new AtomicInteger();
    private final Queue<DeviceAlarm> open = new ConcurrentLinkedQueue<>();
    private final Set<String> promised = ConcurrentHashMap.newKeySet();
    private final Set<String> refusals = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /// @param series keeps the ids of several storms apart
    ReportStorm(String series) {
        this.series = series;
    }

    /// Reports until [#stop], or until the node answers no more; what is open comes first.
    List<Thread> start(RestDoor door, @Nullable Alarms stream) {
        stopped = false;
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < SYSTEMS; i++) {
            threads.add(
                    Thread.startVirtualThread(() -> {
                        while (!stopped) {
                            @Nullable DeviceAlarm again = open.poll();
                            report(door, again == null ? next(false) : again);
                        }
                    }));
        }
        if (stream != null) {
            threads.add(
                    Thread.startVirtualThread(() -> {
                        while (!stopped) {
                            append(stream, next(true));
                            LockSupport.parkNanos(PAUSE_NANOS);
                        }
                    }));
        }
        return threads;
    }

    void stop() {
        stopped = true;
    }

    /// Each of another sensor, so that each has to become one incident.
    private DeviceAlarm next(boolean byStream) {
        int number = made.incrementAndGet();
        return new DeviceAlarm(series + "-" + number, number, byStream);
    }

    private void report(RestDoor door, DeviceAlarm alarm) {
        try {
            var reply = door.postSigned("/api/intake/reports", alarm.asReport(Instant.now()));
            if (reply.isOk()) {
                promised.add(alarm.id());
            } else {
                open.add(alarm);
                refusals.add(reply.status() + " " + reply.body());
            }
        } catch (IOException e) {
            open.add(alarm);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /// What is not taken is not promised; the gateway of this storm does not say it again.
    private void append(Alarms stream, DeviceAlarm alarm) {
        switch (stream.append(alarm.asAlarm(Instant.now()))) {
            case TAKEN, REPEATED -> promised.add(alarm.id());
            case FULL, AWAY -> refusals.add("the stream took nothing");
        }
    }

    /// Reports what is still open.
    void finish(RestDoor door) {
        for (int i = open.size(); i > 0; i--) {
            @Nullable DeviceAlarm alarm = open.poll();
            if (alarm != null) {
                report(door, alarm);
            }
        }
    }

    /// Ids of all that were answered with success.
    Set<String> promised() {
        return Set.copyOf(promised);
    }

    int unanswered() {
        return open.size();
    }

    /// Answers that were neither success nor silence.
    Set<String> refusals() {
        return new TreeSet<>(refusals);
    }
}
