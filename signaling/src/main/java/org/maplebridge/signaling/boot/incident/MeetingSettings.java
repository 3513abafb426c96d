package org.maplebridge.signaling.boot.incident;

import java.time.Duration;
import org.maplebridge.dispatch.incident.proof.ArrivalRules;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param arrivalMetres how near a unit has to be to show that it has come
/// @param arrivalSeconds how old its word of that may be
/// @param arrivalKmh from which speed on it only drives by
/// @param alarmsShown so many device alarms fill a seat's queue
/// @param alarmMinutes within so long; what comes beyond is folded into one line
public record MeetingSettings(
        @DefaultValue("200") int arrivalMetres,
        @DefaultValue("180") int arrivalSeconds,
        @DefaultValue("20") int arrivalKmh,
        @DefaultValue("6") int alarmsShown,
        @DefaultValue("10") int alarmMinutes,
        @DefaultValue("false") boolean recordedCallback) {
    static final String PREFIX = "maplebridge.incident";

    public MeetingSettings {
        require(arrivalMetres >= 1, "arrival-metres must be at least 1");
        require(arrivalSeconds >= 1, "arrival-seconds must be at least 1");
        require(arrivalKmh >= 1, "arrival-kmh must be at least 1");
        require(alarmsShown >= 1, "alarms-shown must be at least 1");
        require(alarmMinutes >= 1, "alarm-minutes must be at least 1");
    }

    ArrivalRules arrival() {
        return new ArrivalRules(arrivalMetres, Duration.ofSeconds(arrivalSeconds), arrivalKmh);
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(PREFIX + "." + sentence);
        }
    }
}
