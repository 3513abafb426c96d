package org.maplebridge.signaling.boot.replay;

import java.time.Duration;
import org.maplebridge.signaling.recording.RecordingDesk;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param incidents whether a unit's picture is recorded while it has to do with an open incident
/// @param watched whether it is while somebody looks at it
/// @param keepDays after so many days what was kept of an incident is forgotten
/// @param warnFreeMib below so much room people are warned
/// @param leastFreeMib below so much room nothing new is recorded
public record RecordingSettings(
        @DefaultValue("true") boolean incidents,
        @DefaultValue("true") boolean watched,
        @DefaultValue("90") int keepDays,
        @DefaultValue("20480") long warnFreeMib,
        @DefaultValue("4096") long leastFreeMib) {
    static final String PREFIX = "maplebridge.recording";

    public RecordingSettings {
        require(keepDays >= 1 && keepDays <= 36_500, "keep-days must be 1 to 36500");
        require(leastFreeMib >= 0, "least-free-mib must not be negative");
        require(warnFreeMib >= leastFreeMib, "warn-free-mib must not be below least-free-mib");
    }

    Duration keeps() {
        return Duration.ofDays(keepDays);
    }

    RecordingDesk.Policy policy() {
        return new RecordingDesk.Policy(incidents, watched);
    }

    public long leastFree() {
        return leastFreeMib << 20;
    }

    long warnFree() {
        return warnFreeMib << 20;
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(PREFIX + "." + sentence);
        }
    }
}
