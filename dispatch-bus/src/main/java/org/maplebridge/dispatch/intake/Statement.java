package org.maplebridge.dispatch.intake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What somebody sent, before it is known to be fit: see [ReportRules].
///
/// @param externalId chosen by who sends it, so that it may be sent again
/// @param kind what it is about, an id; empty when that is not known
/// @param latitude,longitude WGS 84 degrees, both or neither
/// @param occurredAt when it happened by the word of who sends it
public record Statement(
        String externalId,
        String title,
        String text,
        String kind,
        String place,
        @Nullable Double latitude,
        @Nullable Double longitude,
        Reporter reporter,
        @Nullable Instant occurredAt) {
    @Override
    public String toString() {
        return "Statement[" + externalId + "]";
    }
}
