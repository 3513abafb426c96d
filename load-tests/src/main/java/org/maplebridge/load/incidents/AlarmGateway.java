package org.maplebridge.load.incidents;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.telemetry.Alarms;
import org.maplebridge.load.measure.DelayHistogram;

/// Devices' gateway: passes on each alarm when its time has come, whatever became of the others.
///
/// Thread: the part's paces; each alarm has a virtual one of its own.
final class AlarmGateway {
    /// More than a node that keeps up ever has in hand.
    private static final int AT_ONCE = 256;

    private final RestDoor door;
    private final @Nullable Alarms stream;
    private final Set<String> promised = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> answers = new TreeMap<>();
    private final Map<String, Long> sentNanos = new ConcurrentHashMap<>();
    private final DelayHistogram waits = new DelayHistogram();
    private final DelayHistogram lateness = new DelayHistogram();
    private final AtomicLong lastNanos = new AtomicLong();

    /// @param stream absent where there is none: then all go by REST
    AlarmGateway(RestDoor door, @Nullable Alarms stream) {
        this.door = door;
        this.stream = stream;
    }

    /// Returns when the last one is answered.
    ///
    /// @param everyNanos how far apart they are
    void send(List<DeviceAlarm> alarms, long everyNanos) throws IOException {
        var gate = new Semaphore(AT_ONCE);
        long due = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var alarm : alarms) {
                while (due - System.nanoTime() > 0) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                gate.acquire();
                long planned = due;
                var unused =
                        threads.submit(() -> {
                            try {
                                send(alarm, planned);
                            } finally {
                                gate.release();
                            }
                        });
                due += everyNanos;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void send(DeviceAlarm alarm, long plannedNanos) {
        long sent = System.nanoTime();
        @Nullable Alarms to = stream;
        String answer;
        if (alarm.byStream() && to != null) {
            answer = "stream " + to.append(alarm.asAlarm(Instant.now()));
        } else {
            answer = "REST " + rest(alarm, sent);
        }
        long now = System.nanoTime();
        synchronized (waits) {
            answers.merge(answer, 1, Integer::sum);
            waits.record(now - sent);
            lateness.record(sent - plannedNanos);
        }
        if (SUCCESS.contains(answer)) {
            promised.add(alarm.id());
        }
        lastNanos.accumulateAndGet(now, Math::max);
    }

    private static final Set<String> SUCCESS =
            Set.of(
                    "stream TAKEN",
                    "stream REPEATED",
                    "REST opened",
                    "REST merged",
                    "REST repeated");

    private String rest(DeviceAlarm alarm, long sent) {
        try {
            var reply = door.postSigned("/api/intake/reports", alarm.asReport(Instant.now()));
            if (reply.status() == 201) {
                sentNanos.put(field(reply.body(), "incident"), sent);
                return "opened";
            }
            return reply.status() != 200
                    ? Integer.toString(reply.status())
                    : reply.body().contains("mergedInto") ? "merged" : "repeated";
        } catch (IOException e) {
            return "unanswered";
        }
    }

    private static String field(String json, String name) {
        int at = json.indexOf("\"" + name + "\":\"") + name.length() + 4;
        return json.substring(at, json.indexOf('"', at));
    }

    /// Ids of all that were answered with success.
    Set<String> promised() {
        return Set.copyOf(promised);
    }

    /// By door and answer.
    Map<String, Integer> answers() {
        synchronized (waits) {
            return Map.copyOf(answers);
        }
    }

    int count(String answer) {
        synchronized (waits) {
            return answers.getOrDefault(answer, 0);
        }
    }

    int refused() {
        synchronized (waits) {
            return answers.entrySet().stream()
                    .filter(e -> !SUCCESS.contains(e.getKey()))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }
    }

    /// When each incident that was opened by REST had been sent off.
    Map<String, Long> sentNanos() {
        return Map.copyOf(sentNanos);
    }

    double waitMillis(double share) {
        synchronized (waits) {
            return waits.percentileMicros(share) / 1_000;
        }
    }

    /// How far this process fell behind its own plan.
    double latenessMillis(double share) {
        synchronized (waits) {
            return lateness.percentileMicros(share) / 1_000;
        }
    }

    double secondsFrom(long beganNanos) {
        return (double) (lastNanos.get() - beganNanos) / TimeUnit.SECONDS.toNanos(1);
    }
}
