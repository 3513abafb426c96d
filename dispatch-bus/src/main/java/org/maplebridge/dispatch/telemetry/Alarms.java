package org.maplebridge.dispatch.telemetry;

import java.time.Duration;
import java.util.List;

/// Where alarms come in, and where the nodes fetch them to make incidents of them.
///
/// Each alarm is handed to one consumer. What that one has not acknowledged after a while, because
/// it died or was too slow, is handed to another: an alarm may be worked on twice but is never
/// forgotten, so a consumer writes by the alarm's id and acknowledges after it has written.
public interface Alarms {
    /// Of alarms that nobody has acknowledged; who reports one more is told so.
    int MOST_OPEN = 10_000;

    /// How long an id is known: who repeats itself does so sooner.
    Duration KNOWN_FOR = Duration.ofHours(24);

    /// What became of a report.
    enum Intake {
        /// It is where no single node's end loses it, or in memory on a node that shares nothing.
        TAKEN,
        /// This id was taken before.
        REPEATED,
        /// Nobody works the alarms off; nothing was taken.
        FULL,
        /// What the nodes share is away. Whether the alarm was taken is not known: the same one
        /// again, later, is harmless. It is not kept here meanwhile, because a promise that one
        /// node's memory keeps is none.
        AWAY
    }

    /// An alarm in a consumer's hands.
    ///
    /// @param ticket what it is acknowledged by
    record Handed(Alarm alarm, String ticket) {}

    Intake append(Alarm alarm);

    /// Alarms that nobody has, and those that somebody else had for too long.
    ///
    /// @param consumer an id of who reads; readers that share one have different alarms all the
    ///   same
    /// @param wait how long to wait for the first one; it may be less
    List<Handed> read(String consumer, int limit, Duration wait)
            throws TelemetryUnavailable, InterruptedException;

    /// Once is enough, and twice is harmless.
    void acknowledge(Handed handed) throws TelemetryUnavailable;
}
