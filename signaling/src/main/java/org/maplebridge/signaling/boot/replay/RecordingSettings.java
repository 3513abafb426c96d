package org.maplebridge.signaling.boot.replay;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param keepDays after so many days what was kept of an incident is forgotten
public record RecordingSettings(@DefaultValue("90") int keepDays) {
    static final String PREFIX = "maplebridge.recording";

    public RecordingSettings {
        if (keepDays < 1 || keepDays > 36_500) {
            throw new IllegalArgumentException(PREFIX + ".keep-days must be 1 to 36500");
        }
    }

    Duration keeps() {
        return Duration.ofDays(keepDays);
    }
}
