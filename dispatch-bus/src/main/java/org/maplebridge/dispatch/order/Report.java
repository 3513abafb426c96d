package org.maplebridge.dispatch.order;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.PlainText;

/// What an assignee's terminal says about its order.
///
/// @param at the terminal's clock, perhaps from long before it was online again
/// @param reason needed for [OrderStep#REFUSED]
public record Report(OrderStep step, Instant at, @Nullable String reason) {
    public static final int MAX_REASON_CHARS = 500;

    public Report {
        if (reason != null && !reason.isBlank()) {
            PlainText.require(reason, MAX_REASON_CHARS);
        }
    }
}
